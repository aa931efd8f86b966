using Onnx;
using OnnxPrune.Model;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <content>Operators of ai.onnx.ml.</content>
internal static partial class OperatorMatrix
{
    private static readonly long[][] Features = [[N, 6], [N, 12], [N, 7]];

    private static void AddClassic(Action<Func<string, long, IEnumerable<OperatorCase>>, string[]> add)
    {
        void Add(Func<string, long, IEnumerable<OperatorCase>> family, string op) => add(family, ["ai.onnx.ml." + op]);
        Add(Scaler, "Scaler");
        Add(Imputer, "Imputer");
        Add((op, opset) => from dims in Features from norm in new[] { "MAX", "L1", "L2" } from guard in new[] { null, "Relu" } select Case(op, opset, [new Operand.Data(dims, Guard: guard)], Attribute.Text("norm", norm)), "Normalizer");
        Add((op, opset) => from dims in Features from threshold in new[] { 0.5f, -0.3f, 0.1f, 0 } select Case(op, opset, [Operand.Of(dims)], Attribute.Float("threshold", threshold)), "Binarizer");
        Add((op, opset) => from dims in new long[][] { [N, 6, 5], [N, 12], [N, 8, 3, 7] } from positions in new long[][] { [0], [2, 0, 1], [4, 4] } select Case(op, opset, [Operand.Of(dims), Operand.Ints(positions)]), "ArrayFeatureExtractor");
    }

    private static IEnumerable<OperatorCase> Scaler(string op, long opset) =>
        from dims in Features
        from offset in new[] { 0, 0.3f, 1, -2 }
        from perFeature in new[] { false, true }
        select Case(op, opset, [Operand.Of(dims)], Numbers("offset", offset, perFeature, dims[^1]), Numbers("scale", 0.7f, perFeature, dims[^1]));

    private static IEnumerable<OperatorCase> Imputer(string op, long opset) =>
        from dims in Features
        from replaced in new[] { 0, 1, float.NaN }
        from imputed in new[] { 0, 0.6f }
        from perFeature in new[] { false, true }
        select Case(op, opset, [new Operand.Data(dims, Guard: "Relu")], Numbers("imputed_value_floats", imputed, perFeature, dims[^1]), Attribute.Float("replaced_value_float", replaced));

    // One number, or one per feature: 0 stays 0.
    private static AttributeProto Numbers(string name, float number, bool perFeature, long count) =>
        Attribute.Floats(name, [.. Enumerable.Range(1, perFeature ? (int)count : 1).Select(i => number * i)]);
}
