using Approvals.Requests;

namespace Approvals.Functions.Tables.Requests;

/// <summary>What carrying out one command, or what was due, came to.</summary>
/// <param name="Rows">What was committed; null where nothing was: the command's receipt was there already, nothing was due, or a creation was refused.</param>
/// <param name="Request">As it is now; null where there is none.</param>
/// <param name="Receipt">Of the command; null where none was asked for.</param>
internal sealed record CommitResult(TransitionRows? Rows, LoadedRequest Request, Receipt? Receipt);
