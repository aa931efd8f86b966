using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Verification;

/// <summary>
/// A model around nodes that the runtime cannot execute: custom operators without their library, decoders of files, and what works on inputs that nobody
/// can invent, such as strings; and around nodes whose results cannot be compared, such as labels. The nodes are taken out; what they compute becomes an
/// input of the model, filled with random numbers, and what they read becomes an output, which is compared. Everything but the nodes themselves is
/// executed.
/// </summary>
internal sealed class ExecutableParts
{
    private static readonly HashSet<string> Executed = new(StringComparer.Ordinal)
    {
        "", "ai.onnx", "ai.onnx.ml", "com.microsoft", "com.microsoft.nchwc",
    };

    private readonly Cut cut;
    private readonly HashSet<(string Domain, string OpType)> kinds;
    private readonly HashSet<string> computed;
    private readonly HashSet<string> inputs;
    private readonly Value[] given;
    private readonly Value[] read;
    private readonly Dictionary<Value, ElementType> types;

    private ExecutableParts(Cut cut, IReadOnlyList<Node> nodes, HashSet<Value> inputs)
    {
        this.cut = cut;
        Nodes = nodes;
        var left = nodes.ToHashSet();
        var (shapes, rest) = (cut.Analysis.Shapes, cut.Analysis.Graph.Nodes.Where(n => !left.Contains(n)).ToList());
        kinds = [.. nodes.Where(IsForeign).Select(n => (n.Proto.Domain, n.OpType))];
        computed = [.. nodes.SelectMany(n => n.Outputs).OfType<Value>().Select(v => v.Name)];
        this.inputs = [.. inputs.Select(v => v.Name)];
        var needed = rest.SelectMany(n => n.Reads).ToHashSet();
        given = [.. nodes.SelectMany(n => n.Outputs).OfType<Value>().Where(needed.Contains)];
        types = given.ToDictionary(value => value, value => MissingTypes.Of(cut.Analysis, value));
        read = [.. nodes.SelectMany(n => n.Reads).Distinct()
            .Where(v => v is { Initializer: null, Producer: { } producer } && !left.Contains(producer) && CanBeGiven(shapes, v))];
    }

    /// <summary>The nodes that are not executed.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>True if what the nodes compute differs in its size from run to run.</summary>
    public bool Varies => given.Any(value => cut.Analysis.Shapes[value].Shape!.Any(size => !size.IsConcrete));

    /// <summary>The parts of a model, or null where the provider executes all of it.</summary>
    /// <exception cref="OnnxPruneException">OP5002: the shape of what such a node computes is unknown, or it mixes channels that are cut.</exception>
    public static ExecutableParts? Of(Cut cut, ExecutionProvider provider)
    {
        var analysis = cut.Analysis;
        var inputs = analysis.Graph.Inputs.Where(input => !CanBeGiven(analysis.Shapes, input)).ToHashSet();
        var nodes = analysis.Graph.Nodes
            .Where(n => (provider.CustomOps.Count == 0 && IsForeign(n)) || analysis.Operators.Find(n)?.ReadsFile == true || n.Reads.Any(inputs.Contains))
            .ToList();
        nodes.AddRange(Incomparable(analysis).Except(nodes));
        if (nodes.Count == 0) return null;
        var all = WithUnknownTypes(cut, nodes, inputs);
        if (all.FirstOrDefault(node => analysis.Zeros.Mixes(node, cut.Cuts)) is { } mixing)
            throw NotVerified(mixing, "mixes channels that are cut, and is not executed");
        if (Rewriter.Mixers(cut) is [var mixer, ..]) throw NotVerified(nodes[0], $"is not executed, while {mixer.Label} mixes channels that are cut");
        return new ExecutableParts(cut, all, inputs);
    }

    // Nodes that compute outputs that cannot be compared, such as labels and maps, and what computes sequences only for them.
    private static IReadOnlyList<Node> Incomparable(ModelAnalysis analysis)
    {
        var left = analysis.Graph.Outputs.Where(output => !CanBeCompared(analysis.Shapes, output)).Select(output => output.Producer).OfType<Node>().ToHashSet();
        foreach (var node in analysis.Graph.Nodes.Reverse())
        {
            bool isInner = node.Outputs.OfType<Value>().All(v => !v.IsOutput && !CanBeCompared(analysis.Shapes, v));
            if (isInner && analysis.Graph.Nodes.Where(n => n.Reads.Any(node.Outputs.Contains)).ToList() is { Count: > 0 } readers && readers.TrueForAll(left.Contains))
                left.Add(node);
        }
        return [.. analysis.Graph.Nodes.Where(left.Contains)];
    }

    // Nodes that read strings, sequences, or a tensor of unknown shape are not executed either, up to those that compute known shapes, such as a Reshape to
    // constant sizes. Such a node must not be cut, because its cut would not be verified.
    private static List<Node> WithUnknownTypes(Cut cut, List<Node> unknown, HashSet<Value> inputs)
    {
        var masks = cut.Masks();
        var (shapes, layouts) = (cut.Analysis.Shapes, cut.Analysis.Layouts);
        var all = new HashSet<Node>(unknown);
        var open = new HashSet<Value>(inputs);
        foreach (var node in cut.Analysis.Graph.Nodes)
        {
            if (!all.Contains(node) && !node.Reads.Any(open.Contains)) continue;
            bool isCut = node.Reads.Concat(node.Outputs.OfType<Value>()).Any(v => layouts.LayoutOf(v)?.Any(t => !masks.KeepsAll(t)) == true);
            if (all.Add(node) && isCut)
                throw NotVerified(unknown[0], $"is not executed, and the shape of what it computes is unknown, which {node.Label} depends on");
            open.UnionWith(node.Outputs.OfType<Value>().Where(v => !CanBeGiven(shapes, v)));
        }
        return [.. cut.Analysis.Graph.Nodes.Where(all.Contains)];
    }

    private static bool IsForeign(Node node) =>
        !Executed.Contains(node.Domain) || node.Bodies.Values.Any(body => body.Graph.Nodes.Any(IsForeign));

    private static bool CanBeCompared(Shapes.ShapeInference shapes, Value value) =>
        value.Declared?.Type is null or { TensorType.ElemType: not (int)ElementType.String }
        && shapes[value].Type != ElementType.String && !shapes.IsSequence(value);

    private static bool CanBeGiven(Shapes.ShapeInference shapes, Value value) =>
        CanBeCompared(shapes, value) && shapes[value].Shape?.All(s => s.IsKnown) == true;

    /// <summary>The model without the nodes.</summary>
    public OnnxModel Open(OnnxModel model)
    {
        var proto = model.Proto.Clone();
        foreach (var node in proto.Graph.Node.Where(n => kinds.Contains((n.Domain, n.OpType)) || n.Output.Any(computed.Contains)).ToList())
            proto.Graph.Node.Remove(node);
        foreach (var input in proto.Graph.Input.Where(i => inputs.Contains(i.Name)).ToList()) proto.Graph.Input.Remove(input);
        foreach (var value in given) proto.Graph.Input.Add(Declared(value));
        var defined = RemoveUndefined(proto.Graph);
        var outputs = proto.Graph.Output.Select(o => o.Name).Where(name => !computed.Contains(name) && defined.Contains(name))
            .Union(read.Select(v => v.Name)).ToList();
        proto.Graph.Output.Clear();
        proto.Graph.Output.AddRange(outputs.Select(name => new ValueInfoProto { Name = name }));
        proto.Graph.ValueInfo.Clear();
        return model with { Proto = proto };
    }

    // The source has nodes that the normalized model lacks, such as an Identity between two of the nodes. The names that are defined in the end.
    private static HashSet<string> RemoveUndefined(GraphProto graph)
    {
        var defined = graph.Input.Select(i => i.Name).Concat(graph.Initializer.Select(t => t.Name)).Concat(graph.SparseInitializer.Select(t => t.Values.Name))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Node.ToList())
        {
            if (node.Input.Concat(SubGraphs.Captures(node)).All(name => name.Length == 0 || defined.Contains(name))) defined.UnionWith(node.Output);
            else graph.Node.Remove(node);
        }
        return defined;
    }

    /// <summary>Inputs of the whole model at one valuation of its sizes, without those that nobody can invent.</summary>
    public IReadOnlyDictionary<string, HostTensor> Inputs(int run, int seed) => cut.Analysis.Graph.Inputs.Where(input => !inputs.Contains(input.Name))
        .ToDictionary(input => input.Name, input => Random(input, cut.Analysis.Shapes[input].Type, run, seed));

    /// <summary>What the nodes would compute in the original.</summary>
    public IEnumerable<KeyValuePair<string, HostTensor>> Whole(int run, int seed) =>
        given.Select(value => KeyValuePair.Create(value.Name, Random(value, types[value], run, seed)));

    /// <summary>What the nodes would compute, at full width, with zeros where the removed channels are zero.</summary>
    public IEnumerable<KeyValuePair<string, HostTensor>> Full(int run, int seed) => given.Select(value =>
    {
        var bits = cut.Analysis.Zeros.BitsOf(value, QuantizedZero.Itself);
        var masks = CutTensors.MasksOf(cut, value, run).Select((mask, axis) => bits[axis] ? mask : null).ToList();
        return KeyValuePair.Create(value.Name, CutTensors.Changed(Random(value, types[value], run, seed), tensor => TensorSlicer.Zero(tensor, masks)));
    });

    /// <summary>What the nodes would compute in the pruned model.</summary>
    public IEnumerable<KeyValuePair<string, HostTensor>> Kept(int run, int seed) =>
        given.Select(value => KeyValuePair.Create(value.Name, Narrow(value.Name, Random(value, types[value], run, seed), run)));

    /// <summary>A value at full width without its removed indices.</summary>
    public HostTensor Narrow(string name, HostTensor tensor, int run) =>
        read.Concat(given).FirstOrDefault(v => v.Name == name) is { } value
            ? CutTensors.Narrow(cut, value, tensor, run)
            : tensor;

    /// <summary>The nodes in words: <c>3 Quant, 1 Plugin</c>.</summary>
    public override string ToString() => string.Join(
        ", ", Nodes.GroupBy(n => n.OpType).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));

    private HostTensor Random(Value value, ElementType type, int run, int seed) =>
        InputGenerator.Create(cut.Analysis, value, type, [.. cut.Analysis.Shapes[value].Shape!.Select(s => s[run])], seed);

    private ValueInfoProto Declared(Value value)
    {
        var shape = new TensorShapeProto();
        for (int axis = 0; axis < cut.Analysis.Shapes[value].Shape!.Length; axis++) shape.Dim.Add(new TensorShapeProto.Types.Dimension());
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)types[value], Shape = shape };
        return new ValueInfoProto { Name = value.Name, Type = new TypeProto { TensorType = tensor } };
    }

    private static OnnxPruneException NotVerified(Node node, string why) => new(
        ErrorCodes.NotVerified, $"{node.Label} {why}; give the library of its operator with --custom-ops");
}
