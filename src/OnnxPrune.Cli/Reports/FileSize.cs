using OnnxPrune.Model;

namespace OnnxPrune.Cli.Reports;

/// <summary>Sizes of models on disk.</summary>
internal static class FileSize
{
    /// <summary>The total size of a model's files in bytes, including external data.</summary>
    public static long Of(OnnxModel model) => model.Files.Sum(file => new FileInfo(file).Length);
}
