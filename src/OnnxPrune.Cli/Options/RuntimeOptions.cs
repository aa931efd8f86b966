using System.CommandLine;
using OnnxPrune.Runtime;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Cli.Options;

/// <summary>The options for execution: provider, verification and labelled data.</summary>
internal static class RuntimeOptions
{
    /// <summary>The execution provider.</summary>
    public static readonly Option<ExecutionProvider?> Provider = TypedOption.Of<ExecutionProvider?>(
        "--provider", "cpu|cuda|cuda:N", "Execution provider that runs the models (default: cpu).", ExecutionProvider.Parse);

    /// <summary>Libraries of custom operators.</summary>
    public static readonly Option<IReadOnlyList<string>> CustomOps = TypedOption.OfMany<IReadOnlyList<string>>(
        "--custom-ops", "LIBRARY", "A library of custom operators for ONNX Runtime to load; may be repeated.", files => files);

    /// <summary>How thoroughly to verify.</summary>
    public static readonly Option<VerificationEffort?> Verify = TypedOption.Of<VerificationEffort?>(
        "--verify", "quick|full|none",
        "How thoroughly to verify the result (default: full, or quick above 40 GMACs). full compares two choices of the symbolic dimensions, with "
            + "the model's own weights and with random ones; quick compares one choice, with random weights only if the model's own weights could "
            + "not show an error; none is --no-verify.",
        text => OptionValues.OneOf<VerificationEffort>(text));

    /// <summary>Skip verification.</summary>
    public static readonly Option<bool> NoVerify = new("--no-verify") { Description = "Write the model without verifying it." };

    /// <summary>Samples to measure accuracy on.</summary>
    public static readonly Option<string?> Data = new("--data")
    {
        HelpName = "X.npy",
        Description = "Samples to measure accuracy on, .npy or .npz; requires --labels.",
    };

    /// <summary>The labels of the samples.</summary>
    public static readonly Option<string?> Labels = new("--labels")
    {
        HelpName = "Y.npy",
        Description = "Labels of --data: one class number per sample.",
    };

    /// <summary>The options of a command that writes a pruned model.</summary>
    public static IReadOnlyList<Option> All { get; } = [Provider, CustomOps, Verify, NoVerify, Data, Labels];

    /// <summary>Adds the options of a command that writes a pruned model.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            bool hasData = result.GetResult(Data) is not null, hasLabels = result.GetResult(Labels) is not null;
            if (hasData != hasLabels) result.AddError("--data and --labels must be given together");
            if (result.GetResult(Verify) is not null && result.GetResult(NoVerify) is { Implicit: false })
                result.AddError("--verify and --no-verify cannot be combined; give one of them");
        });
    }

    /// <summary>How thoroughly to verify.</summary>
    public static VerificationEffort EffortOf(Invocation run) =>
        run.Value(NoVerify) ? VerificationEffort.None : run.Value(Verify) ?? VerificationEffort.Automatic;
}
