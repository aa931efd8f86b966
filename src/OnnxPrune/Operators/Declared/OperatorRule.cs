using OnnxPrune.Operators;
namespace OnnxPrune.Advanced;

/// <summary>
/// An operator that is described by data: the entry for one operator in a rule file (<see cref="OperatorRules"/>). Expressions are sums,
/// differences, products and quotients of numbers, of names of the coupling, and of integer attributes (<c>pads[0]</c> is one element).
/// </summary>
/// <param name="Type">The operator's name.</param>
/// <param name="Coupling">The coupling in the notation of the compiler, such as <c>n c ..., c -> n c ...</c>.</param>
/// <param name="Domain">The operator's domain; empty for ai.onnx.</param>
/// <param name="Since">The first opset version of the domain for which the rule holds.</param>
/// <param name="Outputs">Type and shape of each output; an omitted value follows from the coupling and from the first input.</param>
/// <param name="Zeros">
/// The condition for an output axis to hold exact zeros for removed channels: <c>never</c> (default), <c>any</c> if any operand holds zeros (a
/// product), or <c>all</c> if all operands hold zeros (a sum, or a function that maps 0 to 0). Unless it is <c>never</c>, a sum over an axis is
/// exact if any operand holds zeros.
/// </param>
/// <param name="ZeroInputs">The inputs whose zeros count; null for all inputs of the coupling except the inputs that keep their values.</param>
/// <param name="KeepsValues">The inputs whose removed slices keep their values in the masked model: divisors and scales.</param>
/// <param name="Sizes">The sizes, as expressions, of names in the coupling that do not follow from the axes.</param>
/// <param name="Attributes">The integer attributes that depend on a size, as expressions over the names of the coupling.</param>
/// <param name="Inputs">The inputs, by slot, that hold sizes: one expression per element.</param>
/// <param name="Macs">The multiply-accumulate operations: a sum of products such as <c>n*o*h*w*i</c>.</param>
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
    /// <summary>The entry of an operator set.</summary>
    /// <exception cref="FormatException">A part of the rule is invalid.</exception>
    public OperatorEntry ToEntry() => new(Domain is "ai.onnx" ? "" : Domain, Type, Since, long.MaxValue, new DeclaredOperator(this));
}

/// <summary>One output of a declared operator.</summary>
/// <param name="Type">The element type in lower case (<c>float</c>, <c>int64</c>), or null for the type of the first input.</param>
/// <param name="Shape">One expression per axis, or <c>...</c> for the axes that pass; null if the shape follows from the coupling.</param>
public sealed record OutputRule(string? Type = null, IReadOnlyList<string>? Shape = null);
