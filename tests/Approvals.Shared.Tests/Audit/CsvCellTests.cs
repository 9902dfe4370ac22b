using Approvals.Api.Handlers;

namespace Approvals.Shared.Tests.Audit;

public sealed class CsvCellTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("1-2=3 @home", "1-2=3 @home")]
    [InlineData("say \"so\", then", "\"say \"\"so\"\", then\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum(a1)", "'@sum(a1)")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r'=1\"")]
    [InlineData("\n=1", "\"'\n'=1\"")]
    [InlineData(";=1", "\"';'=1\"")]
    [InlineData("a;=cmd|x", "\"a;'=cmd|x\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("two\r\n-lines", "\"two\r'\n'-lines\"")]
    [InlineData("\uFF1D1+1", "'\uFF1D1+1")]
    public void Of_isACellThatNoSpreadsheetRuns(string? text, string cell) => Assert.Equal(cell, CsvCell.Of(text));
}
