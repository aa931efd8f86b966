using OnnxPrune.Diagnostics;
using OnnxPrune.Runtime.Recovery;

namespace OnnxPrune.Runtime.Tests.Recovery;

public class RecoveryMethodsTests
{
    [Theory]
    [InlineData("none", RecoveryMethods.None, "none")]
    [InlineData("bias", RecoveryMethods.Bias, "bias")]
    [InlineData("obs, bn", RecoveryMethods.Bn | RecoveryMethods.Obs, "bn,obs")]
    [InlineData("ls,ls,bias", RecoveryMethods.Bias | RecoveryMethods.Ls, "bias,ls")]
    public void Lists_are_read_and_written(string text, RecoveryMethods methods, string written)
    {
        Assert.Equal(methods, RecoveryMethodNames.Parse(text));
        Assert.Equal(written, RecoveryMethodNames.Format(methods));
        Assert.Equal(methods, RecoveryMethodNames.Parse(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bias")]
    [InlineData("bias,")]
    [InlineData("none,bn")]
    [InlineData("auto")]
    public void Something_else_is_refused(string text) =>
        Assert.Equal(ErrorCodes.InvalidOption, Assert.Throws<OnnxPruneException>(() => RecoveryMethodNames.Parse(text)).Code);
}
