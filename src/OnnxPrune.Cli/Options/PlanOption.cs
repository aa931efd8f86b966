using System.CommandLine;
using System.CommandLine.Parsing;

namespace OnnxPrune.Cli.Options;

/// <summary>How every command that reads a plan is given one: <c>--plan FILE</c>.</summary>
internal static class PlanOption
{
    /// <summary>The plan to read.</summary>
    public static readonly Option<string> Plan = new("--plan")
    {
        HelpName = "FILE",
        Description = "The plan, written by 'onnxprune plan' or 'onnxprune prune --plan'.",
        Required = true,
        DefaultValueFactory = SecondArgument,
    };

    // Scripts written for versions before 1.0 give the plan as the second argument.
    private static readonly Argument<string?> Second = new("PLAN") { Hidden = true, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Adds the plan to a command that has the model as its only argument.</summary>
    public static void AddTo(Command command)
    {
        command.Options.Add(Plan);
        command.Arguments.Add(Second);
    }

    private static string SecondArgument(ArgumentResult result)
    {
        var command = result.Parent?.Parent as CommandResult;
        if (command?.GetResult(Second) is { Tokens: [var token] }) return token.Value;
        result.AddError("Option '--plan' is required.");
        return "";
    }
}
