using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Advanced;

/// <summary>What is known of a value: its element type, its shape, and its contents where they follow from shapes.</summary>
/// <param name="Type">The element type; Undefined where it is not known.</param>
/// <param name="Shape">The sizes, or null where even the rank is unknown.</param>
/// <param name="Content">The contents of a small tensor that depends on nothing but shapes and constants, or null.</param>
public sealed record TensorType(ElementType Type, Size[]? Shape, KnownTensor? Content = null)
{
    /// <summary>Nothing is known.</summary>
    public static readonly TensorType Unknown = new(ElementType.Undefined, null);

    /// <summary>Element type and shape, as messages print them: <c>Float[5|3|7,64,1,1]</c>.</summary>
    public override string ToString() => Shape is null ? $"{Type}[…]" : $"{Type}[{string.Join(',', Shape)}]";
}
