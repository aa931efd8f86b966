using OnnxPrune.Layouts;
using OnnxPrune.Model;
using OnnxPrune.Operators;
using OnnxPrune.Shapes;

namespace OnnxPrune.Advanced;

/// <summary>
/// Everything the compiler knows of an ONNX operator. One operator, or one family that behaves alike, is one small type; it answers
/// the shapes of its outputs, the coupling of its axes, where zeros stay zeros, its cost, and what its attributes and shape-like
/// inputs become after pruning. It also says what calibration, recovery and verification know of a node: its linear view and the like.
/// Every answer but the first two has a safe default.
/// </summary>
public abstract class Operator : IShapeRule, ILayoutRule
{
    /// <inheritdoc/>
    public virtual bool AcceptsUnknownRanks => false;

    /// <inheritdoc/>
    public virtual bool ReadsShape => false;

    /// <inheritdoc/>
    public abstract void InferShapes(ShapeContext context);

    /// <inheritdoc/>
    public abstract void Couple(CouplingContext context);

    /// <inheritdoc/>
    public virtual bool IsShapeOperand(Node node, int slot) => false;

    /// <inheritdoc/>
    public virtual bool KeepsMaskedValues(Node node, int slot) => false;

    /// <inheritdoc/>
    public virtual bool MovesElements(Node node, int slot) => false;

    /// <inheritdoc/>
    public virtual bool IsScale(Node node, int slot) => false;

    /// <inheritdoc/>
    public virtual Quantization? QuantizationOf(Node node, int slot) => null;

    /// <summary>The node as a linear map of one of its inputs; null if it is none, or if its attributes do not allow it.</summary>
    public virtual LinearView? LinearOf(Node node) => null;

    /// <summary>The node as a normalisation by fixed statistics; null if it is none.</summary>
    public virtual NormalizationView? NormalizationOf(Node node) => null;

    /// <summary>What the node computes element by element; by default nothing that calibration and recovery reason about.</summary>
    public virtual ElementFunction FunctionOf(Node node) => ElementFunction.Other;

    /// <summary>How the node's outputs jump; by default they do not.</summary>
    public virtual Jump JumpOf(Node node) => Jump.None;

    /// <summary>The axis of input 0 whose positions the numbers in an input name; null if they name none.</summary>
    public virtual long? IndexedAxis(Node node, int slot) => null;

    /// <summary>By default no output axis is known to hold zeros.</summary>
    public virtual void FlowZeros(ZeroContext context)
    {
    }

    /// <summary>By default an operator costs nothing: only multiply-accumulates are counted.</summary>
    public virtual void CountMacs(MacContext context)
    {
    }

    /// <summary>Changes attributes and shape-like inputs to what they must be after pruning. By default there are none.</summary>
    public virtual void Adjust(AdjustContext context)
    {
    }
}
