using System.CommandLine;
using System.Text.Json;
using OnnxPrune.Cli.Export;
using OnnxPrune.Cli.Help;
using OnnxPrune.Cli.Options;
using OnnxPrune.Diagnostics;
using OnnxPrune.Model;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Commands;

/// <summary><c>onnxprune export-plan</c>: writes a program that applies a plan to the model in its training framework.</summary>
internal static class ExportPlanCommand
{
    private static readonly Option<bool> Torch = new("--torch")
    {
        Description = "Write a Python file that applies the plan to a PyTorch state_dict or module. Required; it is the only supported format.",
    };

    private static readonly Option<string?> Names = new("--names")
    {
        HelpName = "FILE",
        Description = "JSON object that maps names of ONNX weights to PyTorch names, or to null for weights without a PyTorch parameter.",
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new TaughtCommand(
            "export-plan",
            "Writes a Python file that applies a plan to the PyTorch model for fine-tuning.",
            new("onnxprune export-plan net.onnx --plan plan.json --torch -o prune_plan.py", "writes a Python file that depends only on torch"),
            new("onnxprune export-plan net.onnx --plan plan.json --torch -o prune_plan.py --names map.json", "maps some weights to PyTorch names"))
        {
            CommonOptions.Model,
            CommonOptions.Operators,
            Torch,
            CommonOptions.Output,
            Names,
            CommonOptions.OtherWeights,
        };
        PlanOption.AddTo(command);
        command.SetAction(Invocation.Of(Run));
        return command;
    }

    private static void Run(Invocation run)
    {
        if (!run.Value(Torch)) throw OptionValues.Invalid("--torch is missing; it is the only supported format");
        string output = run.Value(CommonOptions.Output)!;
        OutputPaths.Check([run.Value(CommonOptions.Model), run.Value(PlanOption.Plan), run.Value(Names)], output);
        var plan = PlanFile.Load(run.Value(PlanOption.Plan)!);
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
            throw new OnnxPruneException(ErrorCodes.InvalidOption, $"--names: the file is not a JSON object of names: {e.Message}", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotReadable, $"cannot be read: {e.Message}", path, e);
        }
    }
}
