using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Running;

/// <summary>LeNet, pruned once for several tests: the model, its plan and its report.</summary>
public sealed class PrunedLeNet : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Prunes the model.</summary>
    public PrunedLeNet()
    {
        string[] options = ["-o", Model, "--budget", "macs=50%", "--calibration", "none", "--plan", Plan, "--report", Report, "--json"];
        Result = Tool.RunProcess(["prune", TestModels.LeNet, .. options, .. TestModels.Mnist]);
    }

    /// <summary>The pruned model.</summary>
    public string Model => folder.File("pruned.onnx");

    /// <summary>The plan.</summary>
    public string Plan => folder.File("plan.json");

    /// <summary>The report.</summary>
    public string Report => folder.File("report.json");

    internal ToolResult Result { get; }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}

/// <summary>The tests that share <see cref="PrunedLeNet"/>.</summary>
[CollectionDefinition(Name)]
public sealed class PrunedLeNetTests : ICollectionFixture<PrunedLeNet>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "pruned LeNet";
}
