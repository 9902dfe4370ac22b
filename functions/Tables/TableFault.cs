using Azure;
using Microsoft.AspNetCore.Http;

namespace Approvals.Functions.Tables;

/// <summary>Answers of the service that are no faults but say that somebody else was first.</summary>
internal static class TableFault
{
    /// <summary>The row is there already, or is no longer as it was read.</summary>
    public static bool IsConflict(this RequestFailedException fault) =>
        fault.Status is StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed;

    /// <summary>The row is not there.</summary>
    public static bool IsMissing(this RequestFailedException fault) => fault.Status is StatusCodes.Status404NotFound;
}
