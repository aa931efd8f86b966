using OnnxPrune.Operators;
namespace OnnxPrune.Advanced;

/// <summary>
/// An operator that is described by data: what a rule file (<see cref="OperatorRules"/>) says about one operator. Expressions are sums,
/// differences, products and quotients of numbers, of names of the coupling, and of integer attributes (<c>pads[0]</c> is an element).
/// </summary>
/// <param name="Type">The operator's name.</param>
/// <param name="Coupling">The coupling in the notation of the compiler, for instance <c>n c ..., c -> n c ...</c>.</param>
/// <param name="Domain">The operator's domain; empty for ai.onnx.</param>
/// <param name="Since">The first opset version of the domain for which the rule holds.</param>
/// <param name="Outputs">Type and shape of each output; what is left out follows from the coupling and from the first input.</param>
/// <param name="Zeros">
/// Where an output axis holds exact zeros for removed channels: <c>never</c> (default), <c>any</c>, where any operand does (a product), or
/// <c>all</c>, where all operands do (a sum, or a function that maps 0 to 0). Unless it is <c>never</c>, a sum over an axis is exact where any
/// operand holds zeros.
/// </param>
/// <param name="ZeroInputs">The inputs whose zeros count; null for all inputs of the coupling but those that keep their values.</param>
/// <param name="KeepsValues">Inputs whose removed slices keep their values in the masked model: divisors and scales.</param>
/// <param name="Sizes">Sizes of names of the coupling that do not follow from the axes, as expressions.</param>
/// <param name="Attributes">Integer attributes that follow a size, as expressions over the names of the coupling.</param>
/// <param name="Inputs">Inputs, by slot, that hold sizes: one expression per element.</param>
/// <param name="Macs">Multiply-accumulate operations: products such as <c>n*o*h*w*i</c>, which add up.</param>
public sealed record OperatorRule(
    string Type,
    string Coupling,
    string Domain = "",
    long Since = 0,
    IReadOnlyList<OutputRule>? Outputs = null,
    string Zeros = "never",
    IReadOnlyList<int>? ZeroInputs = null,
    IReadOnlyList<int>? KeepsValues = null,
    IReadOnlyDictionary<string, string>? Sizes = null,
    IReadOnlyDictionary<string, string>? Attributes = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Inputs = null,
    IReadOnlyList<string>? Macs = null)
{
    /// <summary>The line of an operator set.</summary>
    /// <exception cref="FormatException">A part of the rule is not what it has to be.</exception>
    public OperatorEntry ToEntry() => new(Domain is "ai.onnx" ? "" : Domain, Type, Since, long.MaxValue, new DeclaredOperator(this));
}

/// <summary>One output of a declared operator.</summary>
/// <param name="Type">The element type in lower case (<c>float</c>, <c>int64</c>), or null for that of the first input.</param>
/// <param name="Shape">One expression per axis, or <c>...</c> for the axes that pass; null where the shape follows from the coupling.</param>
public sealed record OutputRule(string? Type = null, IReadOnlyList<string>? Shape = null);
