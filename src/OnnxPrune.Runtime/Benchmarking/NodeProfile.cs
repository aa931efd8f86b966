using System.Diagnostics;
using System.Text.Json;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Execution;

namespace OnnxPrune.Runtime.Benchmarking;

/// <summary>What the kernels of one model take in a run, by the runtime's own profiler: medians over runs, in milliseconds.</summary>
/// <param name="Nodes">By the index of the node that a kernel computes.</param>
/// <param name="Others">All kernels together of which it is not known.</param>
internal sealed record NodeProfile(IReadOnlyDictionary<int, double> Nodes, double Others)
{
    private const int LeastRuns = 5, MostRuns = 200, MostEvents = 100_000;
    private const double Seconds = 1;

    /// <summary>Profiles a model that was pruned from the graph of <paramref name="names"/>.</summary>
    /// <param name="pruned">The model.</param>
    /// <param name="names">The names of the original's nodes.</param>
    /// <param name="inputs">The original's inputs.</param>
    /// <param name="options">How it is timed.</param>
    /// <param name="provider">Where.</param>
    /// <param name="cancellation">Stops between runs.</param>
    public static NodeProfile Of(
        OnnxModel pruned, NodeNames names, BenchmarkInputs inputs, LatencyOptions options, ExecutionProvider provider, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("onnxprune-").FullName;
        try
        {
            using var model = TimedModel.Load(names.Marked(pruned), provider, options.Threads, folder);
            inputs.Feed([model]);
            int most = Math.Clamp(MostEvents / Math.Max(1, pruned.Proto.Graph.Node.Count), LeastRuns, MostRuns);
            var clock = Stopwatch.StartNew();
            for (int run = 0; run < LeastRuns || (run < most && clock.Elapsed.TotalSeconds < Seconds); run++)
            {
                cancellation.ThrowIfCancellationRequested();
                model.Run();
            }
            return Read(model.EndProfiling(), names);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static NodeProfile Read(string path, NodeNames names)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var kernels = document.RootElement.EnumerateArray().Where(e => e.GetProperty("cat").GetString() == "Node")
            .ToLookup(e => e.GetProperty("name").GetString()!, e => e.GetProperty("dur").GetDouble() / 1000, StringComparer.Ordinal);
        var nodes = new Dictionary<int, double>();
        double others = 0;
        foreach (var kernel in kernels)
        {
            double time = LatencyStatistics.MedianOf(kernel);
            if (names.Of(kernel.Key) is { } index) nodes[index] = nodes.GetValueOrDefault(index) + time;
            else others += time;
        }
        return new NodeProfile(nodes, others);
    }
}
