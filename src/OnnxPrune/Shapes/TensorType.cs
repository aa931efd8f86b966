using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Advanced;

/// <summary>The known facts about a value: its element type, its shape, and its contents if they follow from shapes.</summary>
/// <param name="Type">The element type; Undefined if it is not known.</param>
/// <param name="Shape">The sizes; null if the rank is unknown.</param>
/// <param name="Content">The contents of a small tensor that depends only on shapes and constants, or null.</param>
public sealed record TensorType(ElementType Type, Size[]? Shape, KnownTensor? Content = null)
{
    /// <summary>A type without any known facts.</summary>
    public static readonly TensorType Unknown = new(ElementType.Undefined, null);

    /// <summary>This type as that of a list of sizes: where nothing is known of a short list of integers but its length, every element is unknown.</summary>
    internal TensorType AsSizes() =>
        Content is null && Shape is { Length: <= 1 } && ElementTypes.IsInteger(Type) && Shape.All(s => s.IsConcrete && s.Value <= KnownTensor.LargestFloatCount)
            ? this with { Content = KnownTensor.Of(Type, [.. Shape.Select(s => s.Value)], (_, _) => double.NaN) }
            : this;

    /// <summary>Element type and shape, in the format of messages: <c>Float[5|3|7,64,1,1]</c>.</summary>
    public override string ToString() => Shape is null ? $"{Type}[…]" : $"{Type}[{string.Join(',', Shape)}]";
}
