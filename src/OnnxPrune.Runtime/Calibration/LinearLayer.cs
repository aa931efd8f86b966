using Onnx;
using OnnxPrune.Model;
using OnnxPrune.Numerics;

namespace OnnxPrune.Runtime.Calibration;

/// <summary>
/// A node that maps its input linearly with constant weights: Conv, ConvTranspose, Gemm or MatMul. Seen as Y = X·Wᵀ for each group of
/// the convolution, with X [positions, features], W [outputs, features], features ordered by input channel, then kernel tap.
/// </summary>
internal sealed record LinearLayer
{
    private LinearLayer(Node node, Value weight, int groups)
    {
        Node = node;
        Weight = weight;
        Groups = groups;
    }

    /// <summary>The node.</summary>
    public Node Node { get; }

    /// <summary>Its weights, an initializer that no other node reads.</summary>
    public Value Weight { get; }

    /// <summary>Groups of the convolution; 1 for matrix products.</summary>
    public int Groups { get; }

    /// <summary>True for Conv and ConvTranspose.</summary>
    public bool IsConvolution => Node.OpType is "Conv" or "ConvTranspose";

    /// <summary>Shape of the weights.</summary>
    public long[] Dims => [.. Weight.Initializer!.Dims];

    /// <summary>Taps of the kernel; 1 for matrix products.</summary>
    public int Taps => IsConvolution ? (int)Dims.Skip(2).Aggregate(1L, (n, d) => n * d) : 1;

    /// <summary>Input channels, all groups together.</summary>
    public int Inputs => Node.OpType switch
    {
        "Conv" => (int)Dims[1] * Groups,
        "Gemm" when TransposesWeights => (int)Dims[1],
        _ => (int)Dims[0],
    };

    /// <summary>Output channels, all groups together.</summary>
    public int Outputs => Node.OpType switch
    {
        "ConvTranspose" => (int)Dims[1] * Groups,
        "Conv" => (int)Dims[0],
        "Gemm" when TransposesWeights => (int)Dims[0],
        _ => (int)Dims[1],
    };

    /// <summary>Features of one group: input channels times taps.</summary>
    public int Features => Inputs / Groups * Taps;

    /// <summary>The axis of the output that holds the output channels, counted from the front for convolutions, else the last (-1).</summary>
    public int OutputAxis => IsConvolution ? 1 : -1;

    private bool TransposesWeights => Node.Int("transB", 0) != 0;

    /// <summary>The layer of a node; null if the node is not a linear layer, or if other nodes read its weights.</summary>
    /// <param name="node">The node.</param>
    /// <param name="readers">The number of nodes that read each initializer, by name.</param>
    public static LinearLayer? Of(Node node, IReadOnlyDictionary<string, int> readers)
    {
        if (node.Domain.Length > 0 || node.Inputs.Length < 2 || node.Inputs[0] is not { Initializer: null }) return null;
        if (node.Inputs[1] is not { Initializer: { } tensor } weight || !Tensors.IsFloat(tensor) || readers[weight.Name] != 1) return null;
        bool fits = node.OpType switch
        {
            "Conv" or "ConvTranspose" => tensor.Dims.Count >= 3,
            "Gemm" => node.Int("transA", 0) == 0 && node.Float("alpha", 1) == 1 && node.Float("beta", 1) == 1,
            "MatMul" => tensor.Dims.Count == 2,
            _ => false,
        };
        return fits && Tensors.Count(tensor) > 0
            ? new LinearLayer(node, weight, node.OpType is "Conv" or "ConvTranspose" ? (int)node.Int("group", 1) : 1)
            : null;
    }

    /// <summary>W of each group.</summary>
    public Matrix[] ToMatrices(TensorProto tensor)
    {
        var matrices = Enumerable.Range(0, Groups).Select(_ => new Matrix(Outputs / Groups, Features)).ToArray();
        double[] values = Tensors.Doubles(tensor);
        for (int i = 0; i < values.Length; i++)
        {
            var (group, output, feature) = Position(i);
            matrices[group][output, feature] = values[i];
        }
        return matrices;
    }

    /// <summary>The tensor that holds these W.</summary>
    public TensorProto ToTensor(IReadOnlyList<Matrix> matrices)
    {
        var values = new double[Tensors.Count(Weight.Initializer!)];
        for (int i = 0; i < values.Length; i++)
        {
            var (group, output, feature) = Position(i);
            values[i] = matrices[group][output, feature];
        }
        return Tensors.Make(Weight.Name, Tensors.TypeOf(Weight.Initializer!), Dims, values);
    }

    // Where a row-major element of the weight tensor is in the matrices.
    private (int Group, int Output, int Feature) Position(int element)
    {
        int taps = Taps, outputs = Outputs / Groups;
        int tap = element % taps, inner = element / taps % (int)Dims[1], outer = element / taps / (int)Dims[1];
        return Node.OpType switch
        {
            "Conv" => (outer / outputs, outer % outputs, (inner * taps) + tap),
            "ConvTranspose" => (outer / (Inputs / Groups), inner, (outer % (Inputs / Groups) * taps) + tap),
            "Gemm" when TransposesWeights => (0, outer, inner),
            _ => (0, inner, outer),
        };
    }
}
