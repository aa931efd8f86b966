using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Normalization;
using OnnxPrune.Runtime.Execution;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Verification;

/// <summary>
/// The twin of a model that computes in float32 what the model computes in float16, bfloat16 or float64: same nodes, same weights. Which
/// channels were removed where does not depend on the type, so that the twins of two models are equal where the models are.
/// </summary>
internal static class SinglePrecision
{
    // Attributes that name an element type: Cast, EyeLike, random numbers; windows; QuantizeLinear and DequantizeLinear.
    private static readonly HashSet<string> TypeAttributes = ["to", "dtype", "output_datatype", "output_dtype"];

    /// <summary>True for the types that the twin replaces.</summary>
    public static bool Replaces(ElementType type) => type is ElementType.Float16 or ElementType.Bfloat16 or ElementType.Double;

    /// <summary>True for a model with weights of these types.</summary>
    public static bool Concerns(ModelProto normalized) => normalized.Graph.Initializer.Any(t => Replaces(Tensors.TypeOf(t)));

    /// <summary>The twin of a model.</summary>
    public static OnnxModel Of(OnnxModel model)
    {
        var proto = Normalizer.Normalize(model.Proto);
        Convert(proto.Graph);
        return model with { Proto = proto };
    }

    /// <summary>The same inputs for the twin.</summary>
    public static IReadOnlyDictionary<string, HostTensor> Of(IReadOnlyDictionary<string, HostTensor> inputs) => inputs.ToDictionary(
        i => i.Key, i => Replaces((ElementType)(int)i.Value.Type) ? HostTensor.Of(TensorElementType.Float, i.Value.Dims, i.Value.ToDoubles()) : i.Value);

    private static void Convert(GraphProto graph)
    {
        for (int i = 0; i < graph.Initializer.Count; i++) graph.Initializer[i] = Converted(graph.Initializer[i]);
        foreach (var info in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo)) Convert(info.Type);
        foreach (var attribute in graph.Node.SelectMany(n => n.Attribute)) Convert(attribute);
    }

    private static void Convert(AttributeProto attribute)
    {
        if (attribute.T is not null) attribute.T = Converted(attribute.T);
        for (int i = 0; i < attribute.Tensors.Count; i++) attribute.Tensors[i] = Converted(attribute.Tensors[i]);
        if (TypeAttributes.Contains(attribute.Name) && attribute.HasI && Replaces((ElementType)attribute.I)) attribute.I = (long)ElementType.Float;
        if (attribute.G is not null) Convert(attribute.G);
        foreach (var graph in attribute.Graphs) Convert(graph);
    }

    private static void Convert(TypeProto? type)
    {
        if (type?.TensorType is { } tensor && Replaces((ElementType)tensor.ElemType)) tensor.ElemType = (int)ElementType.Float;
        if (type?.SequenceType is { } sequence) Convert(sequence.ElemType);
        if (type?.OptionalType is { } optional) Convert(optional.ElemType);
    }

    private static TensorProto Converted(TensorProto tensor) =>
        Replaces(Tensors.TypeOf(tensor)) ? Tensors.Make(tensor.Name, ElementType.Float, tensor.Dims, Tensors.Doubles(tensor)) : tensor;
}
