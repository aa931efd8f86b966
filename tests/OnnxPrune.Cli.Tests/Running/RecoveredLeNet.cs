using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.Running;

/// <summary>LeNet, pruned with calibration data and recovered, once for several tests.</summary>
public sealed class RecoveredLeNet : IDisposable
{
    /// <summary>The calibration data.</summary>
    public const string Images = "models/mnist-calibration-x.npy";

    private readonly TemporaryFolder folder = new();

    /// <summary>Prunes the model.</summary>
    public RecoveredLeNet() =>
        Result = Tool.RunProcess(
            ["prune", TestModels.LeNet, "-o", Model, "--plan", Plan, "--report", Report, .. Selection, .. Mnist, "--cache", folder.File("cache")]);

    /// <summary>The options that select what to prune.</summary>
    public static string[] Selection { get; } = ["--budget", "macs=40%", "--calibration", Images, "--samples", "192"];

    /// <summary>The pruned model.</summary>
    public string Model => folder.File("pruned.onnx");

    /// <summary>The plan.</summary>
    public string Plan => folder.File("plan.json");

    /// <summary>The report.</summary>
    public string Report => folder.File("report.json");

    internal ToolResult Result { get; }

    private static string[] Mnist => TestModels.Mnist;

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}

/// <summary>The tests that share <see cref="RecoveredLeNet"/>.</summary>
[CollectionDefinition(Name)]
public sealed class RecoveredLeNetTests : ICollectionFixture<RecoveredLeNet>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "recovered LeNet";
}
