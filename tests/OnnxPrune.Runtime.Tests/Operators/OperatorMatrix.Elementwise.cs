using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <content>Element by element, one operand or several.</content>
internal static partial class OperatorMatrix
{
    private static readonly long[][] AnyShapes = [[N, 8, 6, 5], [N, 12], [N, 6, 10], [8], [N, 4, 2, 3, 3]];

    private static readonly (long[] A, long[] B)[] Pairs =
    [
        ([N, 8, 6, 5], [N, 8, 6, 5]), ([N, 8, 6, 5], [8, 1, 1]), ([N, 8, 6, 5], [1]), ([N, 8, 6, 5], []), ([N, 8, 6, 5], [N, 1, 6, 1]), ([8, 1, 5], [N, 8, 6, 5]),
        ([N, 8, 6, 5], [N, 8, 1, 1]), ([N, 12], [12]), ([1, 12], [N, 1]), ([12], [N, 3, 12]), ([N, 3, 12], [N, 3, 1]), ([N, 1, 12], [3, 1]), ([N, 8, 1, 5], [1, 8, 6, 1]),
    ];

    private static readonly ElementType[] Types = [ElementType.Float, ElementType.Float, ElementType.Float, ElementType.Double, ElementType.Float16, ElementType.Int64, ElementType.Int32];

    private static IEnumerable<OperatorCase> Unary(string op, long opset)
    {
        string?[] guards = op switch { "Acos" or "Asin" or "Atanh" => ["Tanh"], "Acosh" => ["Cosh"], "Sqrt" => ["Abs"], "Log" => ["Abs", "Softplus"], "Reciprocal" => [null, "Softplus"], _ => [null] };
        var types = op == "Not" ? [ElementType.Bool] : op is "IsInf" or "IsNaN" ? [ElementType.Float, ElementType.Double] : guards is [null] ? Types : [ElementType.Float];
        AttributeProto?[] attributes = op switch
        {
            "LeakyRelu" or "Elu" or "Celu" or "ThresholdedRelu" or "HardSigmoid" or "Swish" or "Selu" or "com.microsoft.QuickGelu" => [null, Attribute.Float("alpha", 0.3f)],
            "Shrink" => [null, Attribute.Float("lambd", 0.2f), Attribute.Float("bias", 0.1f)],
            "IsInf" => [null, Attribute.Int("detect_negative", 0), Attribute.Int("detect_positive", 0)],
            "Gelu" => [null, Attribute.Text("approximate", "tanh")],
            _ => [null],
        };
        return from dims in AnyShapes
               from type in types
               from attribute in attributes
               from guard in guards
               select Case(op, opset, [new Operand.Data(dims, type, guard)], attribute);
    }

    private static IEnumerable<OperatorCase> Dropout(string op, long opset) =>
        from dims in AnyShapes
        from ratio in new double?[] { null, 0.2 }
        from mode in opset >= 12 ? new double?[] { null, 0 } : [null]
        from outputs in new[] { 1, 2 }
        let operands = new[] { Operand.Of(dims), ratio is { } share ? Operand.Scalar(share) : new Operand.Missing(), mode is { } training ? Operand.Scalar(training, ElementType.Bool) : new Operand.Missing() }
        select opset >= 12
            ? Case(op, opset, operands[..(mode is not null ? 3 : ratio is not null ? 2 : 1)]) with { Outputs = outputs }
            : Case(op, opset, operands[..1], ratio is { } attribute ? Attribute.Float("ratio", (float)attribute) : null) with { Outputs = outputs };

    private static IEnumerable<OperatorCase> Clip(string op, long opset)
    {
        (double? Min, double? Max)[] bounds = [(null, null), (0, 6), (-1, 1), (0.5, null), (null, -0.25), (0, null)];
        Operand Bound(double? value) => value is { } v ? Operand.Scalar(v) : new Operand.Missing();
        return from dims in AnyShapes
               from b in bounds
               select opset >= 11
                   ? Case(op, opset, b.Max is null ? b.Min is null ? [Operand.Of(dims)] : [Operand.Of(dims), Bound(b.Min)] : [Operand.Of(dims), Bound(b.Min), Bound(b.Max)])
                   : Case(op, opset, [Operand.Of(dims)], b.Min is { } min ? Attribute.Float("min", (float)min) : null, b.Max is { } max ? Attribute.Float("max", (float)max) : null);
    }

    private static IEnumerable<OperatorCase> Cast(string op, long opset) =>
        from dims in AnyShapes
        from to in new[] { ElementType.Float, ElementType.Double, ElementType.Float16, ElementType.Int64, ElementType.Int32, ElementType.Bool, ElementType.Uint8 }
        select Case(op, opset, [Operand.Of(dims)], Attribute.Int("to", (int)to));

    private static IEnumerable<OperatorCase> CastLike(string op, long opset) =>
        from dims in AnyShapes
        from to in new[] { ElementType.Float, ElementType.Double, ElementType.Float16, ElementType.Int64, ElementType.Int32, ElementType.Bool }
        select Case(op, opset, [Operand.Of(dims), Operand.Scalar(1, to)]);

    private static IEnumerable<OperatorCase> Binary(string op, long opset)
    {
        bool logical = op is "And" or "Or" or "Xor";
        var types = logical ? [ElementType.Bool] : op is "Pow" or "PRelu" or "Div" ? [ElementType.Float, ElementType.Float, ElementType.Double] : Types;
        AttributeProto? attribute = op == "Mod" ? Attribute.Int("fmod", 1) : null;
        foreach (var (a, b) in Pairs)
        {
            foreach (var type in types) yield return Case(op, opset, [First(op, a, type), Second(op, b, type)], attribute);
            if (op == "Mod") yield return Case(op, opset, [new Operand.Data(a, ElementType.Int64), Operand.Scalar(3, ElementType.Int64)], Attribute.Int("fmod", 0));
            if (logical || b.Contains(N)) continue;
            yield return Case(op, opset, [First(op, a, ElementType.Float), new Operand.Weight(b) { Positive = op is "Pow" or "Mod" }], attribute);
            if (op is "Sub" or "Div" or "Add" or "Mul" && !a.Contains(N)) yield return Case(op, opset, [new Operand.Weight(a), Second(op, b, ElementType.Float)]);
            if (op is "Pow") foreach (double exponent in new[] { 0, 2, 0.5, -1 }) yield return Case(op, opset, [First(op, a, ElementType.Float), Operand.Scalar(exponent)]);
            if (op is "Pow" && opset >= 13) yield return Case(op, opset, [First(op, a, ElementType.Float), Operand.Scalar(2, ElementType.Int64)]);
        }
    }

    private static Operand.Data First(string op, long[] dims, ElementType type) => new(dims, type, op == "Pow" ? "Abs" : null);

    private static Operand.Data Second(string op, long[] dims, ElementType type) => new(dims, type, op is "Mod" or "Pow" && type is ElementType.Float or ElementType.Double ? "Exp" : null);

    private static IEnumerable<OperatorCase> Variadic(string op, long opset)
    {
        foreach (var (a, b) in Pairs)
        {
            foreach (var type in new[] { ElementType.Float, ElementType.Double, ElementType.Int64 }) yield return Case(op, opset, [new Operand.Data(a, type), new Operand.Data(b, type)]);
            yield return Case(op, opset, [Operand.Of(a)]);
            yield return Case(op, opset, [Operand.Of(a), Operand.Of(b), Operand.Of(a)]);
            if (!b.Contains(N)) yield return Case(op, opset, [Operand.Of(a), new Operand.Weight(b)]);
        }
    }

    private static IEnumerable<OperatorCase> Where(string op, long opset)
    {
        foreach (var (a, b) in Pairs)
        {
            yield return Case(op, opset, [new Operand.Data(a, ElementType.Bool), Operand.Of(a), Operand.Of(b)]);
            yield return Case(op, opset, [new Operand.Data(b, ElementType.Bool), Operand.Of(a), Operand.Of(b)]);
            yield return Case(op, opset, [new Operand.Data(b, ElementType.Bool), Operand.Of(a), Operand.Scalar(0)]);
            yield return Case(op, opset, [new Operand.Data(a, ElementType.Bool), Operand.Scalar(1), Operand.Of(b)]);
            yield return Case(op, opset, [new Operand.Constant(Tensors.Make("", ElementType.Bool, [1], [1])), Operand.Of(a), Operand.Of(b)]);
        }
    }
}
