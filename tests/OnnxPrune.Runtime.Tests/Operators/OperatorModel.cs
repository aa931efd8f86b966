using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Shapes;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.Operators;

/// <summary>Builds models around one node: the node alone, or between two prunable layers.</summary>
internal sealed class OperatorModel
{
    private readonly GraphProto graph = new() { Name = "g" };
    private readonly OperatorCase node;
    private readonly Random random = new(5);

    private OperatorModel(OperatorCase node) => this.node = node;

    /// <summary>Where the layers around the node put the axis that they make prunable.</summary>
    public enum PrunableAxis
    {
        /// <summary>Axis 1, by convolutions with kernels of size 1.</summary>
        Channels,

        /// <summary>The last axis, by matrix products.</summary>
        Last,
    }

    /// <summary>A model of nothing but the node; its outputs declare no types.</summary>
    public static OnnxModel Alone(OperatorCase node)
    {
        var model = new OperatorModel(node);
        var outputs = model.AddNode(model.Input);
        foreach (string output in outputs) model.graph.Output.Add(new ValueInfoProto { Name = output });
        return model.Finished();
    }

    /// <summary>The node between two layers, or null where its output has no axis that a layer could follow on.</summary>
    /// <param name="node">The node.</param>
    /// <param name="axis">Which axis is prunable.</param>
    /// <param name="outputs">What was inferred of the node's outputs.</param>
    public static OnnxModel? BetweenLayers(OperatorCase node, PrunableAxis axis, IReadOnlyList<TensorType> outputs)
    {
        var model = new OperatorModel(node);
        var names = model.AddNode((data, i) => model.Produced(data, i, axis));
        bool consumed = false;
        for (int i = 0; i < names.Count; i++) consumed |= model.Consume(names[i], outputs[i], axis);
        return consumed ? model.Finished() : null;
    }

    private List<string> AddNode(Func<Operand.Data, int, string> data)
    {
        var proto = new NodeProto { OpType = node.OpType, Domain = node.Domain, Name = "node", Attribute = { node.Attributes } };
        for (int i = 0; i < node.Operands.Count; i++)
        {
            proto.Input.Add(node.Operands[i] switch
            {
                Operand.Data tensor => Guarded(data(tensor, i), tensor, i),
                Operand.Quantized tensor => Quantize(data(new Operand.Data(tensor.Dims, tensor.Type), i), tensor, i),
                Operand.Weight weight => Weight($"w{i}", weight.Dims, weight.Positive),
                Operand.Constant constant => Initializer($"c{i}", constant.Tensor),
                _ => "",
            });
        }
        proto.Output.Add(Enumerable.Range(0, node.Outputs).Select(i => node.Unnamed.Contains(i) ? "" : $"node.{i}"));
        graph.Node.Add(proto);
        return [.. proto.Output.Where(name => name.Length > 0)];
    }

    private string Guarded(string value, Operand.Data tensor, int i)
    {
        if (tensor.Guard is null) return value;
        graph.Node.Add(new NodeProto { OpType = tensor.Guard, Input = { value }, Output = { $"guarded{i}" } });
        return $"guarded{i}";
    }

    // What comes from a layer is float still; what comes from outside is quantised already.
    private string Quantize(string value, Operand.Quantized tensor, int i)
    {
        if (graph.Input.Any(input => input.Name == value)) return value;
        var (scale, zero) = QuantizedAs(tensor.Type, $"data{i}");
        graph.Node.Add(new NodeProto { OpType = "QuantizeLinear", Input = { value, scale, zero }, Output = { $"quantized{i}" } });
        return $"quantized{i}";
    }

    private (string Scale, string ZeroPoint) QuantizedAs(ElementType type, string prefix) =>
        (Initializer(prefix + ".scale", Tensors.Make("", ElementType.Float, [], [Operand.Quantized.Scale])),
            Initializer(prefix + ".zero", Tensors.Make("", type, [], [Operand.Quantized.ZeroPoint(type)])));

    private string Input(Operand.Data data, int i) => Input($"x{i}", data.Dims, data.Type);

    private string Input(string name, IEnumerable<long> dims, ElementType type)
    {
        var shape = new TensorShapeProto();
        foreach (long dim in dims)
            shape.Dim.Add(
                dim == Operand.Batch
                    ? new TensorShapeProto.Types.Dimension { DimParam = "N" }
                    : new TensorShapeProto.Types.Dimension { DimValue = dim });
        graph.Input.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } });
        return name;
    }

    private string Initializer(string name, TensorProto tensor)
    {
        var named = tensor.Clone();
        named.Name = name;
        graph.Initializer.Add(named);
        return name;
    }

    private string Weight(string name, long[] dims, bool positive = false)
    {
        var values = new double[dims.Aggregate(1L, (n, d) => n * d)];
        for (int i = 0; i < values.Length; i++) values[i] = (0.5 + random.NextDouble()) * (positive || random.Next(2) == 0 ? 1 : -1);
        return Initializer(name, Tensors.Make(name, ElementType.Float, dims, values));
    }

    // Float data comes out of a layer; booleans tell where that is positive; other types come from outside.
    private string Produced(Operand.Data data, int i, PrunableAxis axis)
    {
        bool channels = axis == PrunableAxis.Channels;
        bool fits = data.Dims.Length >= (channels ? 3 : 2) && data.Dims.Length <= 5 && data.Dims[channels ? 1 : ^1] != Operand.Batch;
        bool quantized = node.Operands[i] is Operand.Quantized;
        if (!fits || !(quantized || data.Type is ElementType.Float or ElementType.Bool)) return Input(data, i);
        string layer = channels ? Convolved(data, i) : Multiplied(data, i);
        if (data.Type == ElementType.Float || quantized) return layer;
        string zero = Initializer($"zero{i}", Tensors.Make("", ElementType.Float, [], [0]));
        graph.Node.Add(new NodeProto { OpType = "Greater", Input = { layer, zero }, Output = { $"positive{i}" } });
        return $"positive{i}";
    }

    private string Convolved(Operand.Data data, int i)
    {
        string x = Input($"x{i}", [data.Dims[0], 3, .. data.Dims.Skip(2)], ElementType.Float);
        string w = Weight($"before{i}", [data.Dims[1], 3, .. Enumerable.Repeat(1L, data.Dims.Length - 2)]);
        graph.Node.Add(new NodeProto { OpType = "Conv", Name = $"before{i}", Input = { x, w }, Output = { $"data{i}" } });
        return $"data{i}";
    }

    private string Multiplied(Operand.Data data, int i)
    {
        string x = Input($"x{i}", [.. data.Dims.SkipLast(1), 3], ElementType.Float);
        string w = Weight($"before{i}", [3, data.Dims[^1]]);
        graph.Node.Add(new NodeProto { OpType = "MatMul", Name = $"before{i}", Input = { x, w }, Output = { $"data{i}" } });
        return $"data{i}";
    }

    private bool Consume(string value, TensorType type, PrunableAxis axis)
    {
        int rank = type.Shape?.Length ?? 0;
        bool convolved = axis == PrunableAxis.Channels && rank is >= 3 and <= 5 && type.Shape![1].IsConcrete;
        bool multiplied = !convolved && rank >= 2 && type.Shape![^1].IsConcrete;
        bool quantized = node.OpType.StartsWith("QLinear", StringComparison.Ordinal)
            || node.OpType.EndsWith("QuantizeLinear", StringComparison.Ordinal);
        if (!(quantized || type.Type is ElementType.Float or ElementType.Bool or ElementType.Int64 or ElementType.Int32) || !(convolved || multiplied))
        {
            graph.Output.Add(new ValueInfoProto { Name = value });
            return false;
        }
        if (quantized && type.Type != ElementType.Float) value = Dequantize(value, type.Type);
        else if (type.Type != ElementType.Float)
        {
            graph.Node.Add(new NodeProto { OpType = "Cast", Input = { value }, Output = { value + ".float" }, Attribute = { Attribute.Int("to", (int)ElementType.Float) } });
            value += ".float";
        }
        long[] dims = convolved ? [2, type.Shape![1].Value, .. Enumerable.Repeat(1L, rank - 2)] : [type.Shape![^1].Value, 2];
        graph.Node.Add(new NodeProto { OpType = convolved ? "Conv" : "MatMul", Name = "after." + value, Input = { value, Weight("after." + value, dims) }, Output = { "y." + value } });
        graph.Output.Add(new ValueInfoProto { Name = "y." + value });
        return true;
    }

    private string Dequantize(string value, ElementType type)
    {
        var (scale, zero) = node.OpType == "DynamicQuantizeLinear" ? ("node.1", "node.2") : QuantizedAs(type, value);
        graph.Node.Add(new NodeProto { OpType = "DequantizeLinear", Input = { value, scale, zero }, Output = { value + ".float" } });
        return value + ".float";
    }

    private OnnxModel Finished()
    {
        var proto = new ModelProto { IrVersion = 8, Graph = graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = node.Opset });
        if (node.Domain.Length > 0) proto.OpsetImport.Add(new OperatorSetIdProto { Domain = node.Domain, Version = 1 });
        if (node.Opset >= 21) proto.IrVersion = 10;
        return new OnnxModel(proto);
    }
}
