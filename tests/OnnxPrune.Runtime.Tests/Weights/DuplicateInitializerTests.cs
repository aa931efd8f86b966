using OnnxPrune.Runtime.Tests.Pruning;

namespace OnnxPrune.Runtime.Tests.Weights;

/// <summary>Verification runs the source file, too: it fails where another of several initializers were taken than ONNX Runtime takes.</summary>
public class DuplicateInitializerTests
{
    [Theory]
    [InlineData("float[2,4] w = normal 1, float[2,4] w = {1, 2, 3, 4, 5, 6, 7, 8}", "")]
    [InlineData("float[2,4] w = {1, 2, 3, 4, 5, 6, 7, 8}", "w = Constant <value = float[2,4] {8, 7, 6, 5, 4, 3, 2, 1}> ()")]
    public void The_last_one_is_pruned(string initializers, string nodes) => PrunedText.Verified(
        $$"""
        <ir_version: 8, opset_import: ["" : 17]> g (float[N,2] x) => (float[N,2] y)
        <{{initializers}}, float[4,2] v = normal 1> { {{nodes}} h = MatMul (x, w)  r = Relu (h)  y = MatMul (r, v) }
        """,
        "w[1] (4)");
}
