using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Numerics;
using OnnxPrune.Operators;
using static Onnx.TensorProto.Types;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// A node that maps its input linearly with constant weights, by its <see cref="LinearView"/>. Seen as Y = X·Wᵀ for each group of the convolution,
/// with X [positions, features], W [outputs, features], features ordered by input channel, then kernel tap.
/// </summary>
internal sealed record LinearLayer
{
    private LinearLayer(Node node, LinearView view)
    {
        Node = node;
        View = view;
        Weight = node.Inputs[view.Weights]!;
    }

    /// <summary>The node.</summary>
    public Node Node { get; }

    /// <summary>What its operator says of it.</summary>
    public LinearView View { get; }

    /// <summary>Its weights, an initializer that no other node reads.</summary>
    public Value Weight { get; }

    /// <summary>What the node reads.</summary>
    public Value Input => Node.Inputs[View.Input]!;

    /// <summary>The node without what it computes behind the linear map; a copy.</summary>
    public NodeProto LinearPart => (View.LinearPart ?? Node.Proto).Clone();

    /// <summary>True if the node's output is that of the linear map: nothing else is fused behind it.</summary>
    public bool IsOnlyLinear => View.LinearPart is null;

    /// <summary>True if the weights are packed integers, which stay as they are.</summary>
    public bool IsPacked => View.Packed is not null;

    /// <summary>The element type that the layer computes in.</summary>
    public ElementType Type => Tensors.TypeOf((View.Packed is { } packed ? Node.Inputs[packed.Scales]! : Weight).Initializer!);

    /// <summary>Groups of the convolution; 1 for matrix products.</summary>
    public int Groups => View.Groups;

    /// <summary>True for convolutions, transposed ones included.</summary>
    public bool IsConvolution => View.Window is not null;

    /// <summary>True if the channels are the second axis of input and output, not the last.</summary>
    public bool HasChannelsFirst => View.ChannelAxis == 1;

    /// <summary>Shape of the weights.</summary>
    public long[] Dims => [.. Weight.Initializer!.Dims];

    /// <summary>Spatial sizes of the kernel; none for matrix products.</summary>
    public long[] Kernel => IsConvolution ? [.. Dims.Where((_, axis) => axis != View.OutputsAxis && axis != View.InputsAxis)] : [];

    /// <summary>Taps of the kernel; 1 for matrix products.</summary>
    public int Taps => (int)Kernel.Aggregate(1L, (n, d) => n * d);

    /// <summary>Input channels, all groups together.</summary>
    public int Inputs => View.Packed?.Inputs ?? (int)Dims[View.InputsAxis] * (View.InputsAxis == 0 ? 1 : Groups);

    /// <summary>Output channels, all groups together.</summary>
    public int Outputs => View.Packed?.Outputs ?? (int)Dims[View.OutputsAxis] * (View.OutputsAxis == 0 ? 1 : Groups);

    /// <summary>Features of one group: input channels times taps.</summary>
    public int Features => Inputs / Groups * Taps;

    /// <summary>The axis of the output that holds the output channels, counted from the front, or -1 for the last.</summary>
    public int OutputAxis => View.ChannelAxis;

    /// <summary>The layer of a node; null if the node is not a linear layer, or if other nodes read its weights.</summary>
    /// <param name="node">The node.</param>
    /// <param name="readers">The number of nodes that read each initializer, by name (<see cref="ReadersOf"/>).</param>
    /// <param name="operators">The operators that give the view of the node; null for <see cref="OperatorSet.Default"/>.</param>
    public static LinearLayer? Of(Node node, IReadOnlyDictionary<string, int> readers, OperatorSet? operators = null)
    {
        if ((operators ?? OperatorSet.Default).LinearOf(node) is not { } view) return null;
        if (Slot(node, view.Input) is not { Initializer: null } || Slot(node, view.Weights) is not { Initializer: { } tensor } weight) return null;
        if (readers[weight.Name] != 1 || Tensors.Count(tensor) == 0) return null;
        bool fits = view switch
        {
            { Packed: { } packed } => Slot(node, packed.Scales) is { Initializer: { } scales } && Tensors.IsFloat(scales),
            { Window: not null } => Tensors.IsFloat(tensor) && tensor.Dims.Count >= 3,
            _ => Tensors.IsFloat(tensor) && tensor.Dims.Count == 2,
        };
        return fits ? new LinearLayer(node, view) : null;
    }

    /// <summary>How many inputs of nodes each initializer feeds, by name; one that is an output too counts as shared.</summary>
    public static IReadOnlyDictionary<string, int> ReadersOf(Graph graph)
    {
        var readers = graph.Nodes
            .SelectMany(n => n.Reads)
            .Where(v => v.Initializer is not null)
            .GroupBy(v => v.Name)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        foreach (var output in graph.Outputs.Where(o => o.Initializer is not null)) readers[output.Name] = int.MaxValue;
        return readers;
    }

    /// <summary>The view of a reader of the layer's output as a normalisation of the layer's channels; null if it is none.</summary>
    public NormalizationView? Normalizes(OperatorSet operators, Node? reader) =>
        HasChannelsFirst || !IsConvolution ? operators.NormalizationOf(reader) : null;

    /// <summary>The spatial sizes in the shape of an input or output.</summary>
    public long[] SpaceOf(long[] shape) => HasChannelsFirst ? shape[2..] : shape[1..^1];

    /// <summary>W of each group; not for packed weights.</summary>
    public Matrix[] ToMatrices(TensorProto tensor)
    {
        var matrices = Enumerable.Range(0, Groups).Select(_ => new Matrix(Outputs / Groups, Features)).ToArray();
        double[] values = Tensors.Doubles(tensor);
        var position = Positions();
        for (int i = 0; i < values.Length; i++)
        {
            var (group, output, feature) = position(i);
            matrices[group][output, feature] = values[i];
        }
        return matrices;
    }

    /// <summary>The tensor that holds these W.</summary>
    public TensorProto ToTensor(IReadOnlyList<Matrix> matrices)
    {
        var values = new double[Tensors.Count(Weight.Initializer!)];
        var position = Positions();
        for (int i = 0; i < values.Length; i++)
        {
            var (group, output, feature) = position(i);
            values[i] = matrices[group][output, feature];
        }
        return Tensors.Make(Weight.Name, Tensors.TypeOf(Weight.Initializer!), Dims, values);
    }

    private static Value? Slot(Node node, int slot) => slot < node.Inputs.Length ? node.Inputs[slot] : null;

    // Where a row-major element of the weight tensor is in the matrices. Groups lie side by side along the first axis.
    private Func<int, (int Group, int Output, int Feature)> Positions()
    {
        long[] dims = Dims;
        int taps = Taps, inputs = Inputs / Groups, outputs = Outputs / Groups, outputsAxis = View.OutputsAxis, inputsAxis = View.InputsAxis;
        return element =>
        {
            int output = 0, input = 0, tap = 0, stride = 1;
            for (int axis = dims.Length - 1; axis >= 0; axis--)
            {
                int size = (int)dims[axis], index = element % size;
                element /= size;
                if (axis == outputsAxis) output = index;
                else if (axis == inputsAxis) input = index;
                else
                {
                    tap += index * stride;
                    stride *= size;
                }
            }
            int group = outputsAxis == 0 ? output / outputs : inputsAxis == 0 ? input / inputs : 0;
            return (group, output % outputs, (input % inputs * taps) + tap);
        };
    }
}
