using Onnx;
using OnnxPrune.Model;
using static Onnx.AttributeProto.Types;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Benchmarks;

/// <summary>What a deep network repeats.</summary>
public enum BlockKind
{
    /// <summary>Conv, BatchNormalization, Relu, Conv, Add.</summary>
    Residual,

    /// <summary>Grouped Conv, channel shuffle, Split in two, Conv on one half, Concat.</summary>
    Shuffle,

    /// <summary>LayerNormalization, attention of two heads, Add, gated MLP, Add.</summary>
    Transformer,
}

/// <summary>Networks of any depth, 8 channels wide.</summary>
internal sealed class DeepNetwork
{
    private readonly GraphProto graph = new() { Name = "deep" };
    private int names;

    public static OnnxModel Of(BlockKind kind, int blocks)
    {
        var network = new DeepNetwork();
        string input = network.Input(kind == BlockKind.Transformer ? [0, 0, 8] : [0, 8, 16, 16]);
        string x = input;
        for (int i = 0; i < blocks; i++)
        {
            x = kind switch
            {
                BlockKind.Residual => network.Residual(x),
                BlockKind.Shuffle => network.Shuffle(x),
                _ => network.Transformer(x),
            };
        }
        return network.Model(x);
    }

    private string Residual(string x)
    {
        string h = Node("Relu", [Node("BatchNormalization", [Conv(x, 8, 8), Weight(8), Weight(8), Weight(8), Weight(8)])]);
        return Node("Add", [x, Conv(h, 8, 8)]);
    }

    private string Shuffle(string x)
    {
        string grouped = Node("Conv", [x, Weight(8, 4, 1, 1)], Int("group", 2));
        string transposed = Node("Transpose", [Node("Reshape", [grouped, Shape(0, 2, 4, 16, 16)])], Ints("perm", 0, 2, 1, 3, 4));
        string shuffled = Node("Reshape", [transposed, Shape(0, 8, 16, 16)]);
        string left = $"left{names}", right = $"right{names++}";
        Add("Split", [shuffled, Shape(4, 4)], [left, right], Int("axis", 1));
        return Node("Concat", [left, Conv(right, 4, 4)], Int("axis", 1));
    }

    private string Transformer(string x)
    {
        string n = Node("LayerNormalization", [x, Weight(8), Weight(8)]);
        string scores = Node("Softmax", [Node("MatMul", [Heads(n, 0, 2, 1, 3), Heads(n, 0, 2, 3, 1)])], Int("axis", -1));
        string mixed = Node("Transpose", [Node("MatMul", [scores, Heads(n, 0, 2, 1, 3)])], Ints("perm", 0, 2, 1, 3));
        string h = Node("Add", [x, Linear(Node("Reshape", [mixed, Shape(0, 0, 8)]), 8, 8)]);
        string m = Node("LayerNormalization", [h, Weight(8), Weight(8)]);
        string gate = Node("Mul", [Node("Sigmoid", [Linear(m, 8, 16)]), Linear(m, 8, 16)]);
        return Node("Add", [h, Linear(gate, 16, 8)]);
    }

    private string Heads(string x, params long[] perm) =>
        Node("Transpose", [Node("Reshape", [Linear(x, 8, 8), Shape(0, 0, 2, 4)])], Ints("perm", perm));

    private string Linear(string x, long from, long to) => Node("MatMul", [x, Weight(from, to)]);

    private string Conv(string x, long from, long to) => Node("Conv", [x, Weight(to, from, 3, 3), Weight(to)], Ints("pads", 1, 1, 1, 1));

    private string Input(long[] dims)
    {
        graph.Input.Add(Declared("x", dims));
        return "x";
    }

    private string Weight(params long[] dims)
    {
        var values = new double[dims.Aggregate(1L, (n, d) => n * d)];
        for (int i = 0; i < values.Length; i++) values[i] = Math.Sin(names + i);
        return Initializer(Tensors.Make($"w{names++}", ElementType.Float, dims, values));
    }

    private string Shape(params long[] sizes) => Initializer(Tensors.Int64s($"shape{names++}", sizes));

    private string Initializer(TensorProto tensor)
    {
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Node(string op, string[] inputs, params AttributeProto[] attributes)
    {
        string output = $"v{names++}";
        Add(op, inputs, [output], attributes);
        return output;
    }

    private void Add(string op, string[] inputs, string[] outputs, params AttributeProto[] attributes) =>
        graph.Node.Add(new NodeProto { OpType = op, Input = { inputs }, Output = { outputs }, Attribute = { attributes } });

    private OnnxModel Model(string output)
    {
        graph.Output.Add(new ValueInfoProto { Name = output });
        return new OnnxModel(new ModelProto { IrVersion = 8, OpsetImport = { new OperatorSetIdProto { Version = 17 } }, Graph = graph });
    }

    // 0 is a symbolic size.
    private static ValueInfoProto Declared(string name, long[] dims)
    {
        var shape = new TensorShapeProto();
        for (int i = 0; i < dims.Length; i++)
            shape.Dim.Add(dims[i] == 0 ? new TensorShapeProto.Types.Dimension { DimParam = $"n{i}" } : new() { DimValue = dims[i] });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)ElementType.Float, Shape = shape } } };
    }

    private static AttributeProto Int(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    private static AttributeProto Ints(string name, params long[] values) => new() { Name = name, Type = AttributeType.Ints, Ints = { values } };
}
