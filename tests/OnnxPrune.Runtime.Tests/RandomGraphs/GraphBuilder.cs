using Onnx;
using OnnxPrune.Model;
using static Onnx.TensorProto.Types;
using Attr = OnnxPrune.Runtime.Tests.Operators.Attribute;

namespace OnnxPrune.Runtime.Tests.RandomGraphs;

/// <summary>Appends nodes, weights and constants to a graph under names of its own.</summary>
internal sealed class GraphBuilder(Random random)
{
    private readonly GraphProto graph = new() { Name = "random" };
    private readonly Dictionary<string, string> weights = [];
    private int count;

    /// <summary>Adds a graph input; -1 stands for the symbolic batch.</summary>
    public string Input(string name, params long[] dims)
    {
        graph.Input.Add(Info(name, dims));
        return name;
    }

    /// <summary>Adds a graph input of positions.</summary>
    public string Positions(string name, params long[] dims)
    {
        Input(name, dims);
        graph.Input[^1].Type.TensorType.ElemType = (int)ElementType.Int64;
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

    /// <summary>
    /// Adds an If that captures <paramref name="value"/> in both branches, and a table that it multiplies by in one. The shape of its
    /// output is declared, or left to be found out.
    /// </summary>
    public string If(string condition, string value, string table, IReadOnlyList<long>? shape)
    {
        string name = Node("If", [condition]);
        graph.Node[^1].Attribute.Add(Branch("then_branch", new NodeProto { OpType = "Mul", Input = { value, table }, Output = { $"{name}.then" } }));
        graph.Node[^1].Attribute.Add(Branch("else_branch", new NodeProto { OpType = "Tanh", Input = { value }, Output = { $"{name}.else" } }));
        if (shape is not null) graph.ValueInfo.Add(Info(name, shape));
        return name;
    }

    /// <summary>
    /// A weight as exporters leave it now and then: another type, another shape, another order of axes, to be brought into form by nodes.
    /// </summary>
    public string WeightInDisguise(params long[] dims)
    {
        switch (random.Next(4))
        {
            case 0:
                string flat = Weight([dims[0], dims.Skip(1).Aggregate(1L, (n, d) => n * d)]);
                return Node("Reshape", [flat, Ints(dims)]);
            case 1:
                long[] order = [1, 0, .. Enumerable.Range(2, dims.Length - 2).Select(i => (long)i)];
                return Node("Transpose", [Weight([dims[1], dims[0], .. dims.Skip(2)])], Attr.Ints("perm", order));
            case 2:
                return Node("Mul", [Weight(dims), Floats(0.9)]);
            case 3 when dims[0] > 1:
                return Node("Concat", [Weight([1, .. dims.Skip(1)]), Weight([dims[0] - 1, .. dims.Skip(1)])], Attr.Int("axis", 0));
            default:
                return Weight(dims);
        }
    }

    /// <summary>A matrix or kernel: normal, scaled by the square root of what is summed over; now and then one that is used already.</summary>
    public string Weight(params long[] dims)
    {
        string key = string.Join(',', dims);
        if (random.Next(10) == 0 && weights.TryGetValue(key, out string? shared)) return shared;
        return weights[key] = NewWeight(dims);
    }

    private string NewWeight(long[] dims)
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
        graph.Initializer.Add(Tensors.Make($"c{count}", ElementType.Int64, [], [value]));
        return $"c{count++}";
    }

    /// <summary>Booleans.</summary>
    public string Bools(long[] dims, Func<int, bool> element)
    {
        double[] values = [.. Enumerable.Range(0, (int)dims.Aggregate(1L, (n, d) => n * d)).Select(i => element(i) ? 1.0 : 0)];
        graph.Initializer.Add(Tensors.Make($"c{count}", ElementType.Bool, dims, values));
        return $"c{count++}";
    }

    /// <summary>Integers of any shape.</summary>
    public string Indices(long[] dims, Func<int, long> element)
    {
        double[] values = [.. Enumerable.Range(0, (int)dims.Aggregate(1L, (n, d) => n * d)).Select(i => (double)element(i))];
        graph.Initializer.Add(Tensors.Make($"c{count}", ElementType.Int64, dims, values));
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

    private static ValueInfoProto Info(string name, IEnumerable<long> dims)
    {
        var shape = new TensorShapeProto();
        foreach (long dim in dims)
            shape.Dim.Add(
                dim < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "N" } : new TensorShapeProto.Types.Dimension { DimValue = dim });
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)ElementType.Float, Shape = shape } } };
    }

    private static AttributeProto Branch(string name, NodeProto node) => new()
    {
        Name = name,
        Type = AttributeProto.Types.AttributeType.Graph,
        G = new GraphProto { Name = name, Node = { node }, Output = { new ValueInfoProto { Name = node.Output[0], Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)ElementType.Float } } } } },
    };

    private string Floats(long[] dims, double[] values)
    {
        graph.Initializer.Add(Tensors.Make($"c{count}", ElementType.Float, dims, values));
        return $"c{count++}";
    }

    private string Initializer(long[] dims, Func<double> element)
    {
        var values = new double[dims.Aggregate(1L, (n, d) => n * d)];
        for (int i = 0; i < values.Length; i++) values[i] = element();
        graph.Initializer.Add(Tensors.Make($"w{count}", ElementType.Float, dims, values));
        return $"w{count++}";
    }
}
