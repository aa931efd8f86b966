using OnnxPrune.Model;
using OnnxPrune.Planning;

namespace OnnxPrune.Cli.Commands;

/// <summary>The files that a command has written so far; unless they are kept at the end, they are deleted again.</summary>
internal sealed class WrittenFiles : IDisposable
{
    private readonly List<string> paths = [];

    /// <summary>Writes a model and returns its bytes on disk, external data included.</summary>
    public long Save(OnnxModel model, string path)
    {
        long bytes = ModelFile.Save(model, path);
        paths.Add(path);
        if (bytes > new FileInfo(path).Length) paths.Add(path + ".data");
        return bytes;
    }

    /// <summary>Writes a plan.</summary>
    public void Save(PruningPlan plan, string path)
    {
        PlanFile.Save(plan, path);
        paths.Add(path);
    }

    /// <summary>Writes text.</summary>
    public void Save(string text, string path)
    {
        TextFile.Write(path, text);
        paths.Add(path);
    }

    /// <summary>The work is done: the files stay.</summary>
    public void Keep() => paths.Clear();

    /// <inheritdoc/>
    public void Dispose() => paths.ForEach(File.Delete);
}
