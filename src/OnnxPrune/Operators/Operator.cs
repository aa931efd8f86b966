using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Shapes;

namespace OnnxPrune.Advanced;

/// <summary>
/// The complete knowledge of the compiler about an ONNX operator. One small type describes one operator, or one family of similar operators. It
/// defines the shapes of the outputs, the coupling of the axes, where zeros stay zeros, the cost, and the attributes and shape-like inputs after
/// pruning. It also gives the views of a node that calibration, recovery and verification read, such as the linear view. All members except the
/// first two have a safe default.
/// </summary>
public abstract class Operator : IShapeRule, ILayoutRule
{
    /// <inheritdoc/>
    public virtual bool AcceptsUnknownRanks => false;

    /// <inheritdoc/>
    public virtual bool ReadsShape => false;

    /// <inheritdoc/>
    public virtual bool FillsShape => false;

    /// <inheritdoc/>
    bool IShapeRule.CountsData => CountsData;

    /// <inheritdoc/>
    bool IShapeRule.MakesSequence => MakesSequence;

    /// <inheritdoc/>
    bool IShapeRule.TakesFromSequence => TakesFromSequence;

    /// <summary>True if sizes of the outputs count elements by their values.</summary>
    internal virtual bool CountsData => false;

    /// <summary>True if the outputs are sequences of tensors.</summary>
    internal virtual bool MakesSequence => false;

    /// <summary>True if the outputs are single tensors although an input is a sequence.</summary>
    internal virtual bool TakesFromSequence => false;

    /// <summary>True if an input is an encoded file, which random numbers cannot replace.</summary>
    internal virtual bool ReadsFile => false;

    /// <inheritdoc/>
    public abstract void InferShapes(ShapeContext context);

    /// <inheritdoc/>
    public abstract void Couple(CouplingContext context);

    /// <inheritdoc/>
    public virtual bool IsShapeOperand(Node node, int slot) => false;

    /// <inheritdoc/>
    public virtual bool IsFactorOfSizes(Node node, int slot) => false;

    /// <inheritdoc/>
    public virtual bool KeepsMaskedValues(Node node, int slot) => false;

    /// <inheritdoc/>
    public virtual bool MovesElements(Node node, int slot) => false;

    /// <inheritdoc/>
    public virtual bool IsScale(Node node, int slot) => false;

    /// <inheritdoc/>
    public virtual Quantization? QuantizationOf(Node node, int slot) => null;

    /// <summary>The node as a linear map of one of its inputs; null if the node is not linear, or if its attributes do not allow this view.</summary>
    public virtual LinearView? LinearOf(Node node) => null;

    /// <summary>The node as a normalisation with fixed statistics; null if it is not a normalisation.</summary>
    public virtual NormalizationView? NormalizationOf(Node node) => null;

    /// <summary>The function that the node computes for each element. The default is a function that calibration and recovery do not use.</summary>
    public virtual ElementFunction FunctionOf(Node node) => ElementFunction.Other;

    /// <summary>The discontinuity of the node. By default, the node is continuous.</summary>
    public virtual Jump JumpOf(Node node) => Jump.None;

    /// <summary>True if the node can map different first inputs to the same output, as a sigmoid does near 0 and 1. Verification then also reads the
    /// input.</summary>
    public virtual bool Saturates(Node node) => false;

    /// <summary>The axis of input 0 that the numbers in the input <paramref name="slot"/> index; null if they are not indices.</summary>
    public virtual long? IndexedAxis(Node node, int slot) => null;

    /// <summary>The attributes that hold a list of floats, one for each index of the last axis of input 0.</summary>
    public virtual IReadOnlyList<string> FeatureAttributes(Node node) => [];

    /// <summary>States which output axes hold zeros. By default, no output axis is known to hold zeros.</summary>
    public virtual void FlowZeros(ZeroContext context)
    {
    }

    /// <summary>
    /// The signs of the elements of all outputs. By default, they are those of the inputs whose elements move (<see cref="MovesElements"/>).
    /// </summary>
    public virtual Signs SignsOf(SignContext context) => context.Moved();

    /// <summary>States the cost. By default, an operator has no cost: only multiply-accumulate operations count.</summary>
    public virtual void CountMacs(MacContext context)
    {
    }

    /// <summary>Adapts attributes and shape-like inputs to the sizes after pruning. By default, the node does not change.</summary>
    public virtual void Adjust(AdjustContext context)
    {
    }
}
