using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>Arguments and options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>The model to work on.</summary>
    public static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX model." };

    /// <summary>A second model.</summary>
    public static readonly Argument<string?> Other = new("OTHER")
    {
        Description = "A second model to compare with, such as the pruned one.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The file to write.</summary>
    public static readonly Option<string> Output = new("--output", "-o") { HelpName = "FILE", Description = "The file to write.", Required = true };

    /// <summary>Print all details.</summary>
    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Print all details, including stack traces of failures: the same as --verbosity diagnostic.",
        Recursive = true,
    };

    /// <summary>Sizes of symbolic dimensions.</summary>
    public static readonly Option<IReadOnlyDictionary<string, long>> Dimensions = TypedOption.OfMany(
        "--dim", "NAME=N", "Count MACs and verify at this size of a symbolic dimension; may be repeated.", OptionValues.Dimensions);

    /// <summary>The outputs that matter.</summary>
    public static readonly Option<IReadOnlyList<string>> Outputs = TypedOption.OfMany<IReadOnlyList<string>>(
        "--outputs", "NAME[,NAME]", "The outputs that matter (default: all): other outputs are removed with what only they need; may be repeated.",
        texts => [.. texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()]);

    /// <summary>Rules for operators that the compiler does not know.</summary>
    public static readonly Option<IReadOnlyList<string>> Operators = TypedOption.OfMany<IReadOnlyList<string>>(
        "--operators", "RULES.json", "A rule file that describes operators which OnnxPrune does not know; may be repeated.", files => files);

    /// <summary>Accept a model whose weights are not those that the plan was made for.</summary>
    public static readonly Option<bool> OtherWeights = new("--other-weights")
    {
        Description = "Accept a model with the same structure but other weights than the plan was made for.",
    };
}
