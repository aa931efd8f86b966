using System.CommandLine;

namespace OnnxPrune.Cli.Options;

/// <summary>What every command takes, or most.</summary>
internal static class CommonOptions
{
    /// <summary>The model to work on.</summary>
    public static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX model." };

    /// <summary>A second model.</summary>
    public static readonly Argument<string?> Other = new("OTHER")
    {
        Description = "A model to compare with, such as the pruned one.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The file to write.</summary>
    public static readonly Option<string> Output = new("--output", "-o") { HelpName = "FILE", Description = "The file to write.", Required = true };

    /// <summary>Also print stack traces.</summary>
    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Also print stack traces of failures, as --verbosity diagnostic.",
        Recursive = true,
    };

    /// <summary>Sizes of symbolic dimensions.</summary>
    public static readonly Option<IReadOnlyDictionary<string, long>> Dimensions = TypedOption.OfMany(
        "--dim", "NAME=N", "The size of a symbolic dimension at which MACs are counted; may be repeated.", OptionValues.Dimensions);

    /// <summary>Rules for operators that the compiler does not know.</summary>
    public static readonly Option<IReadOnlyList<string>> Operators = TypedOption.OfMany<IReadOnlyList<string>>(
        "--operators", "RULES.json", "Describes operators that the compiler does not know; may be repeated (docs/operator-rules.md).", files => files);

    /// <summary>Accept other weights than those that the plan was made for.</summary>
    public static readonly Option<bool> OtherWeights = new("--other-weights")
    {
        Description = "Accept other weights of the same structure than those that the plan was made for.",
    };
}
