using OnnxPrune.Model;

namespace OnnxPrune.Cli.Reports;

/// <summary>Sizes of models on disk.</summary>
internal static class FileSize
{
    /// <summary>Bytes of the files that a model was read from, external data included.</summary>
    public static long Of(OnnxModel model) => model.Files.Sum(file => new FileInfo(file).Length);
}
