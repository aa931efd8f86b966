using Onnx;
using OnnxPrune.Operators;

namespace OnnxPrune.Advanced;

/// <summary>
/// A node as a linear map of one input: y = W·x + b, at every position of a matrix product or in every window of a convolution. With groups, each
/// group of outputs reads its own group of inputs, and the groups follow one another along the first axis of the weights. Calibration, recovery and
/// export read layers only through this view, so they treat every operator that has this view like Gemm or Conv.
/// </summary>
public sealed record LinearView
{
    /// <summary>The slot of x.</summary>
    public int Input { get; init; }

    /// <summary>The slot of W.</summary>
    public int Weights { get; init; } = 1;

    /// <summary>The slot of b, a vector with one number per output channel; null if the operator has no bias.</summary>
    public int? Bias { get; init; }

    /// <summary>The number of groups.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>The axis of the weights that holds the output channels.</summary>
    public required int OutputsAxis { get; init; }

    /// <summary>The axis of the weights that holds the input channels. All other axes are the spatial axes of the kernel, in order.</summary>
    public required int InputsAxis { get; init; }

    /// <summary>The axis of x and y that holds the channels: 1, or -1 for the last.</summary>
    public required int ChannelAxis { get; init; }

    /// <summary>The windows of a convolution; null for a matrix product.</summary>
    public ConvolutionWindow? Window { get; init; }

    /// <summary>The format of weights that are packed as integers; null for weights that are not packed.</summary>
    public PackedWeights? Packed { get; init; }

    /// <summary>
    /// The linear map as a separate node with the same leading inputs and output, for a node that also computes a summand or an activation after the
    /// map. Null for a node that computes only the map.
    /// </summary>
    internal NodeProto? LinearPart { get; init; }

    /// <summary>The slot of a tensor that the node adds to W·x + b; null if there is no summand.</summary>
    public int? Summand { get; init; }

    /// <summary>True if the node applies max(·, 0) to the sum.</summary>
    public bool IsRectified { get; init; }
}

/// <summary>The windows of a convolution, with the attributes of ONNX Conv; null for a list means its default.</summary>
/// <param name="Strides">The distance of windows along each spatial axis.</param>
/// <param name="Dilations">The distance of taps along each spatial axis.</param>
/// <param name="Pads">Padding before each spatial axis, then after each.</param>
/// <param name="AutoPad">NOTSET, VALID, SAME_UPPER or SAME_LOWER.</param>
/// <param name="IsTransposed">True if each input position is spread over a window of the output.</param>
/// <param name="FixesOutput">True if the output shape is given and the pads follow from it.</param>
public sealed record ConvolutionWindow(
    IReadOnlyList<long>? Strides,
    IReadOnlyList<long>? Dilations,
    IReadOnlyList<long>? Pads,
    string AutoPad = "NOTSET",
    bool IsTransposed = false,
    bool FixesOutput = false)
{
    /// <summary>The windows that the attributes of a node describe.</summary>
    public static ConvolutionWindow Of(Node node, bool isTransposed) => new(
        node.Ints("strides"),
        node.Ints("dilations"),
        node.Ints("pads"),
        node.Text("auto_pad", "NOTSET"),
        isTransposed,
        node.Attribute("output_shape") is not null);
}

/// <summary>Weights as integers of few bits, several in one element, with scales: W = (code − zero point)·scale.</summary>
/// <param name="Inputs">The number of input channels.</param>
/// <param name="Outputs">The number of output channels.</param>
/// <param name="Scales">The slot of the scales, which have the element type of the layer's output.</param>
public sealed record PackedWeights(int Inputs, int Outputs, int Scales);
