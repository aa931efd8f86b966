using System.Text.RegularExpressions;
using OnnxPrune.Layouts;

namespace OnnxPrune.Advanced;

/// <summary>
/// The coupling of one operator, one term per axis: <c>n g*i ~, g*o i ~, g*o? -> n g*o ~</c>. A small letter is a variable, a capital
/// letter is a fixed size, <c>.</c> pins one axis, <c>~</c> pins any number of axes, <c>...</c> passes any number of axes through, <c>+</c> is
/// Concat, <c>*</c> is Product, <c>[...]</c> broadcasts to the axes that <c>...</c> passes, and <c>?</c> marks an optional tensor. The notation is
/// similar to einsum and to the sharding rules of Shardy.
/// </summary>
public sealed partial class Notation
{
    private readonly string text;

    private Notation(string text, IReadOnlyList<TensorPattern> inputs, IReadOnlyList<TensorPattern> outputs)
    {
        this.text = text;
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>The kind of an axis pattern.</summary>
    public enum AxisKind
    {
        /// <summary>One axis with a layout.</summary>
        Named,

        /// <summary>One axis that is pinned.</summary>
        Pinned,

        /// <summary>Any number of axes that are pinned.</summary>
        PinnedMany,

        /// <summary>Any number of axes that pass through.</summary>
        PassedMany,

        /// <summary>Any number of axes that broadcast to the axes that pass through.</summary>
        BroadcastMany,
    }

    /// <summary>The patterns of the inputs.</summary>
    public IReadOnlyList<TensorPattern> Inputs { get; }

    /// <summary>The patterns of the outputs.</summary>
    public IReadOnlyList<TensorPattern> Outputs { get; }

    /// <summary>Parses the notation.</summary>
    /// <exception cref="FormatException">The text does not follow the notation.</exception>
    public static Notation Parse(string text)
    {
        string[] sides = text.Split("->");
        if (sides.Length != 2) throw new FormatException($"'{text}' needs one ->");
        return new Notation(text, Tensors(sides[0]), Tensors(sides[1]));
    }

    /// <summary>The text of the notation.</summary>
    public override string ToString() => text;

    private static List<TensorPattern> Tensors(string side) => side.Split(',').Select(Tensor).ToList();

    private static TensorPattern Tensor(string text)
    {
        text = text.TrimEnd();
        bool optional = text.EndsWith('?');
        var axes = (optional ? text[..^1] : text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Axis).ToList();
        if (axes.Count(a => IsOpen(a.Kind)) > 1) throw new FormatException($"'{text}' has two open ends");
        return new TensorPattern(axes, optional);
    }

    /// <summary>True if a pattern matches any number of axes.</summary>
    internal static bool IsOpen(AxisKind kind) => kind is AxisKind.PassedMany or AxisKind.PinnedMany or AxisKind.BroadcastMany;

    private static AxisPattern Axis(string token) => token switch
    {
        "." => new AxisPattern(AxisKind.Pinned, []),
        "~" => new AxisPattern(AxisKind.PinnedMany, []),
        "..." => new AxisPattern(AxisKind.PassedMany, []),
        "[...]" => new AxisPattern(AxisKind.BroadcastMany, []),
        _ => new AxisPattern(AxisKind.Named, token.Split('+').Select(Factors).ToList()),
    };

    private static IReadOnlyList<string> Factors(string part)
    {
        string[] names = part.Split('*');
        return names.All(n => Name().IsMatch(n)) ? names : throw new FormatException($"'{part}' is not a product of names");
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*$")]
    private static partial Regex Name();

    /// <summary>The pattern of one axis: a sum of products of names.</summary>
    /// <param name="Kind">The kind of the pattern.</param>
    /// <param name="Sum">The parts of the Concat. Each part is a list of factors, outermost factor first.</param>
    public sealed record AxisPattern(AxisKind Kind, IReadOnlyList<IReadOnlyList<string>> Sum)
    {
        /// <summary>The name of the variable, if the pattern is a single variable; otherwise null.</summary>
        public string? Variable { get; } = Sum is [[var name]] && char.IsLower(name[0]) ? name : null;

        /// <summary>The names in the pattern.</summary>
        public IEnumerable<string> Names => Sum.SelectMany(product => product);

        /// <inheritdoc/>
        public override string ToString() => string.Join('+', Sum.Select(product => string.Join('*', product)));
    }

    /// <summary>The pattern of one tensor.</summary>
    /// <param name="Axes">The patterns. A pattern stands for one axis or for any number of axes.</param>
    /// <param name="Optional">True if the tensor is optional.</param>
    public sealed record TensorPattern(IReadOnlyList<AxisPattern> Axes, bool Optional);
}
