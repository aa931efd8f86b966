using System.CommandLine;
using System.Text.Json;
using OnnxPrune.Cli.Export;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune export-plan</c>: writes a plan as a program that applies it where the model is trained.</summary>
internal static class ExportPlanCommand
{
    private static readonly Option<bool> Torch = new("--torch")
    {
        Description = "Write a Python file that applies the plan to a PyTorch state_dict or module. The only form, and it must be named.",
    };

    private static readonly Option<string?> Names = new("--names")
    {
        HelpName = "FILE",
        Description = "A JSON object with PyTorch's names by names of ONNX weights, null for a weight that PyTorch does not have.",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "export-plan",
            "Writes a plan as a Python file that applies it to the PyTorch model, to fine-tune there.",
            new("onnxprune export-plan net.onnx plan.json --torch -o prune_plan.py", "writes a file that needs only torch"),
            new("onnxprune export-plan net.onnx plan.json --torch -o prune_plan.py --names map.json", "tells it PyTorch's names of some weights"))
        {
            CommonOptions.Model,
            CommonOptions.Operators,
            ApplyCommand.Plan,
            Torch,
            CommonOptions.Output,
            Names,
            CommonOptions.OtherWeights,
        };
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        if (!run.Value(Torch)) throw OptionValues.Invalid("say what to write the plan for: --torch");
        string output = run.Value(CommonOptions.Output)!;
        OutputPaths.Check([run.Value(CommonOptions.Model), run.Value(ApplyCommand.Plan), run.Value(Names)], output);
        var plan = PlanFile.Load(run.Value(ApplyCommand.Plan));
        var names = run.Value(Names) is { } path ? ReadNames(path) : new Dictionary<string, string?>();
        var analysis = ModelInput.AnalyseFor(run, ModelInput.Load(run), plan);
        OutputPaths.Check(analysis.Source.Files, output);
        var cut = PruningDecision.Of(analysis, plan, run.Value(CommonOptions.OtherWeights)).Cut;
        TextFile.Write(output, TorchPlan.Of(plan, cut, names));
    }

    private static Dictionary<string, string?> ReadNames(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), TorchNamesJson.Default.DictionaryStringString)!;
        }
        catch (JsonException e)
        {
            throw new OnnxPruneException(ErrorCodes.InvalidOption, $"--names: not a JSON object of names: {e.Message}", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotReadable, $"cannot be read: {e.Message}", path, e);
        }
    }
}
