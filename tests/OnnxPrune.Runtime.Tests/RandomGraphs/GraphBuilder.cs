using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <summary>Appends nodes, weights and constants to a graph under names of its own.</summary>
internal sealed class GraphBuilder(Random random)
{
    private readonly GraphProto graph = new() { Name = "random" };
    private int count;

    /// <summary>Adds a graph input; -1 stands for the symbolic batch.</summary>
    public string Input(string name, params long[] dims)
    {
        var shape = new TensorShapeProto();
        foreach (long dim in dims) shape.Dim.Add(dim < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "N" } : new TensorShapeProto.Types.Dimension { DimValue = dim });
        graph.Input.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float, Shape = shape } } });
        return name;
    }

    /// <summary>Adds a graph output.</summary>
    public void Output(string value) => graph.Output.Add(new ValueInfoProto { Name = value });

    /// <summary>Adds a node with one output.</summary>
    public string Node(string op, IEnumerable<string> inputs, params AttributeProto?[] attributes) => Nodes(op, 1, inputs, attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    public IReadOnlyList<string> Nodes(string op, int outputs, IEnumerable<string> inputs, params AttributeProto?[] attributes)
    {
        string name = $"{op}{count++}";
        var node = new NodeProto { OpType = op, Name = name, Input = { inputs }, Output = { Enumerable.Range(0, outputs).Select(i => outputs == 1 ? name : $"{name}.{i}") } };
        node.Attribute.Add(attributes.OfType<AttributeProto>());
        graph.Node.Add(node);
        return [.. node.Output];
    }

    /// <summary>A matrix or kernel: normal, scaled by the square root of what is summed over.</summary>
    public string Weight(params long[] dims)
    {
        double deviation = 1.4 / Math.Sqrt(Math.Max(1, dims.Length > 2 ? dims.Skip(1).Aggregate(1L, (n, d) => n * d) : dims[0]));
        return Initializer(dims, () => deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    /// <summary>A vector between two numbers.</summary>
    public string Vector(long size, double low, double high) => Initializer([size], () => low + ((high - low) * random.NextDouble()));

    /// <summary>A float tensor between -1 and 1.</summary>
    public string Table(params long[] dims) => Initializer(dims, () => (2 * random.NextDouble()) - 1);

    /// <summary>A list of integers.</summary>
    public string Ints(params long[] values)
    {
        graph.Initializer.Add(Tensors.Int64s($"c{count}", values));
        return $"c{count++}";
    }

    /// <summary>An integer without axes.</summary>
    public string Int(long value)
    {
        graph.Initializer.Add(Tensors.Make($"c{count}", DataType.Int64, [], [value]));
        return $"c{count++}";
    }

    /// <summary>Floats, or one float without axes.</summary>
    public string Floats(params double[] values) => Floats(values.Length == 1 ? [] : [values.Length], values);

    /// <summary>Floats in one axis, even if there is but one.</summary>
    public string FloatList(params double[] values) => Floats([values.Length], values);

    public OnnxModel Finish(long opset)
    {
        var proto = new ModelProto { IrVersion = 8, Graph = graph };
        proto.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        return new OnnxModel(proto);
    }

    private string Floats(long[] dims, double[] values)
    {
        graph.Initializer.Add(Tensors.Make($"c{count}", DataType.Float, dims, values));
        return $"c{count++}";
    }

    private string Initializer(long[] dims, Func<double> element)
    {
        var values = new double[dims.Aggregate(1L, (n, d) => n * d)];
        for (int i = 0; i < values.Length; i++) values[i] = element();
        graph.Initializer.Add(Tensors.Make($"w{count}", DataType.Float, dims, values));
        return $"w{count++}";
    }
}
