using OnnxPrune.Groups;
using OnnxPrune.Testing;

namespace OnnxPrune.Layouts;

/// <summary>Reasons name the cause: an opset that is too old, and a size that is not known.</summary>
public class PinReasonTests
{
    [Theory]
    [InlineData(6, "h = Add (p, b)", "opset 6 is too old; 7 is needed", "opset 6 is too old for Add at Add h, which is known from opset 7 on: ", 13)]
    [InlineData(6, "h = BatchNormalization (p, b, b, b, b)", "opset 6 is too old; 7 is needed", "too old for BatchNormalization at BatchNormalization h, ", 13)]
    [InlineData(6, "k = Mul (p, b)  h = Mul (k, b)", "opset 6 is too old; 7 is needed", "too old for Mul at Mul k and 1 more, ", 13)]
    [InlineData(5, "h = Clip (p)", "opset 5 is too old; 6 is needed", "too old for Clip at Clip h, ", 13)]
    [InlineData(7, "h = Sum (p, p)", "opset 7 is too old; 8 is needed", "too old for Sum at Sum h, ", 13)]
    [InlineData(13, "h = HardSwish (p)", "opset 13 is too old; 14 is needed", "too old for HardSwish at HardSwish h, ", 14)]
    [InlineData(17, "h = Mish (p)", "opset 17 is too old; 18 is needed", "too old for Mish at Mish h, ", 18)]
    public void An_old_opset(int opset, string node, string reason, string warning, int target)
    {
        var analysis = Analysis.Of(Model(opset, node));
        Assert.Contains(Reasons(analysis, "w"), r => r.Why == reason);
        string message = Assert.Single(analysis.Warnings, w => w.Code == ErrorCodes.UnknownOperator).Message;
        Assert.Contains(warning, message, StringComparison.Ordinal);
        Assert.EndsWith($"; convert the model with onnx.version_converter.convert_version(model, {target})", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(17, "h = Frobnicate (p)")]
    [InlineData(6, "h = Frobnicate (p)")]
    public void An_unknown_operator(int opset, string node)
    {
        var analysis = Analysis.Of(Model(opset, node));
        Assert.Contains(Reasons(analysis, "w"), r => r.Why == "unknown operator");
        Assert.StartsWith("unknown operator Frobnicate at Frobnicate h: ", Assert.Single(analysis.Warnings, w => w.Code == ErrorCodes.UnknownOperator).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("h = Add (p, u)", 1)]
    [InlineData("h = Mul (u, p)", 1)]
    [InlineData("h = Where (c, p, u)", 1)]
    [InlineData("h = Sum (p, p, u)", 1)]
    [InlineData("h = PRelu (p, u)", 1)]
    [InlineData("h = Max (u, p)", 1)]
    public void A_size_that_is_not_known(string node, int axis)
    {
        var analysis = Analysis.Of(Model(17, "u = Frobnicate (x)  " + node));
        Assert.Contains(Reasons(analysis, "w"), r => r.Why == $"the size of axis {axis} of 'u', which must agree with another, is not known");
        Assert.DoesNotContain(Reasons(analysis, "w"), r => r.Why.Contains("both sides", StringComparison.Ordinal));
    }

    private static IReadOnlyList<PinReason> Reasons(ModelAnalysis analysis, string weight) =>
        analysis.Layouts.Unifier.Substitution.Pins(analysis.Layouts.LayoutOf(analysis.Graph.Initializers.First(v => v.Name == weight))![0]).ToList();

    private static string Model(int opset, string nodes) => $$"""
        <ir_version: 8, opset_import: ["" : {{opset}}]>
        g (float[N,3,8,8] x, bool c) => (float[N,2,8,8] y)
        <float[6,3,1,1] w = normal 1, float[2,6,1,1] v = normal 1, float[6] b = normal 1, float[N,C,8,8] u>
        { p = Conv (x, w)  {{nodes}}  y = Conv (h, v) }
        """;
}
