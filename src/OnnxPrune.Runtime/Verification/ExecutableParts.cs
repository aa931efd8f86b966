using Onnx;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Rewriting;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Verification;

/// <summary>
/// A model around nodes that the runtime cannot execute: custom operators without their library. The nodes are taken out; what they compute
/// becomes an input of the model, filled with random numbers, and what they read becomes an output, which is compared. Everything but the nodes
/// themselves is executed.
/// </summary>
internal sealed class ExecutableParts
{
    private static readonly HashSet<string> Executed = new(StringComparer.Ordinal)
    {
        "", "ai.onnx", "ai.onnx.ml", "com.microsoft", "com.microsoft.nchwc",
    };

    private readonly Cut cut;
    private readonly HashSet<(string Domain, string OpType)> kinds;
    private readonly Value[] computed;
    private readonly Value[] read;

    private ExecutableParts(Cut cut, IReadOnlyList<Node> nodes)
    {
        this.cut = cut;
        Nodes = nodes;
        kinds = [.. nodes.Select(n => (n.Proto.Domain, n.OpType))];
        computed = [.. nodes.SelectMany(n => n.Outputs).OfType<Value>()];
        read = [.. nodes.SelectMany(n => n.Reads).Where(v => v is { Initializer: null, Producer: not null } && !computed.Contains(v)).Distinct()];
    }

    /// <summary>The nodes that are not executed.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>The parts of a model, or null where the provider executes all of it.</summary>
    /// <exception cref="OnnxPruneException">OP5002: the shape of what such a node computes is unknown, or it mixes channels that are cut.</exception>
    public static ExecutableParts? Of(Cut cut, ExecutionProvider provider)
    {
        var analysis = cut.Analysis;
        var nodes = analysis.Graph.Nodes.Where(n => !Executed.Contains(n.Domain)).ToList();
        if (nodes.Count == 0 || provider.CustomOps.Count > 0) return null;
        foreach (var node in nodes)
        {
            if (node.Outputs.OfType<Value>().Any(v => analysis.Shapes[v].Shape?.All(s => s.IsKnown) != true))
                throw NotVerified(node, "is not executed, and the shape of what it computes is unknown");
            if (analysis.Zeros.Mixes(node, cut.Cuts)) throw NotVerified(node, "mixes channels that are cut, and is not executed");
        }
        if (Rewriter.Mixers(cut) is [var mixer, ..]) throw NotVerified(nodes[0], $"is not executed, while {mixer.Label} mixes channels that are cut");
        return new ExecutableParts(cut, nodes);
    }

    /// <summary>The model without the nodes.</summary>
    public OnnxModel Open(OnnxModel model)
    {
        var proto = model.Proto.Clone();
        var left = proto.Graph.Node.Where(n => kinds.Contains((n.Domain, n.OpType))).ToList();
        foreach (var node in left) proto.Graph.Node.Remove(node);
        foreach (var value in computed) proto.Graph.Input.Add(Declared(value));
        var outputs = proto.Graph.Output.Select(o => o.Name).Where(name => computed.All(v => v.Name != name)).Union(read.Select(v => v.Name)).ToList();
        proto.Graph.Output.Clear();
        proto.Graph.Output.AddRange(outputs.Select(name => new ValueInfoProto { Name = name }));
        proto.Graph.ValueInfo.Clear();
        return model with { Proto = proto };
    }

    /// <summary>Inputs of the whole model at one valuation of its sizes.</summary>
    public IReadOnlyDictionary<string, HostTensor> Inputs(int run, int seed) => InputGenerator.Create(
        cut.Analysis, input => cut.Analysis.Shapes[input].Shape is { } shape ? [.. shape.Select(s => s[run])] : null, seed);

    /// <summary>What the nodes would compute in the original.</summary>
    public IEnumerable<KeyValuePair<string, HostTensor>> Whole(int run, int seed) =>
        computed.Select(value => KeyValuePair.Create(value.Name, Random(value, run, seed)));

    /// <summary>What the nodes would compute, at full width, with zeros where the removed channels are zero.</summary>
    public IEnumerable<KeyValuePair<string, HostTensor>> Full(int run, int seed) => computed.Select(value =>
    {
        var bits = cut.Analysis.Zeros.BitsOf(value, QuantizedZero.Itself);
        var masks = CutTensors.MasksOf(cut, value, run).Select((mask, axis) => bits[axis] ? mask : null).ToList();
        return KeyValuePair.Create(value.Name, CutTensors.Changed(Random(value, run, seed), tensor => TensorSlicer.Zero(tensor, masks)));
    });

    /// <summary>What the nodes would compute in the pruned model.</summary>
    public IEnumerable<KeyValuePair<string, HostTensor>> Kept(int run, int seed) =>
        computed.Select(value => KeyValuePair.Create(value.Name, Narrow(value.Name, Random(value, run, seed), run)));

    /// <summary>A value at full width without its removed indices.</summary>
    public HostTensor Narrow(string name, HostTensor tensor, int run) =>
        read.Concat(computed).FirstOrDefault(v => v.Name == name) is { } value
            ? CutTensors.Narrow(cut, value, tensor, run)
            : tensor;

    /// <summary>The nodes in words: <c>3 Quant, 1 Plugin</c>.</summary>
    public override string ToString() => string.Join(
        ", ", Nodes.GroupBy(n => n.OpType).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));

    private HostTensor Random(Value value, int run, int seed)
    {
        var type = cut.Analysis.Shapes[value];
        return InputGenerator.Create(cut.Analysis, value, [.. type.Shape!.Select(s => s[run])], seed);
    }

    private ValueInfoProto Declared(Value value)
    {
        var type = cut.Analysis.Shapes[value];
        var shape = new TensorShapeProto();
        for (int axis = 0; axis < type.Shape!.Length; axis++) shape.Dim.Add(new TensorShapeProto.Types.Dimension());
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type.Type, Shape = shape };
        return new ValueInfoProto { Name = value.Name, Type = new TypeProto { TensorType = tensor } };
    }

    private static OnnxPruneException NotVerified(Node node, string why) => new(
        ErrorCodes.NotVerified, $"{node.Label} {why}; give the library of its operator with --custom-ops");
}
