using System.Text;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Model;

/// <summary>
/// Files that appear together, whole, on <see cref="Commit"/>, or not at all: each is written beside its final name, and what had that name stays
/// as it was until then.
/// </summary>
internal sealed class OutputFiles : IDisposable
{
    private readonly List<(string Temporary, string Final)> files = [];
    private readonly string suffix = $".{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";

    /// <summary>
    /// Writes a model. Models over 2 GiB, and those that were read from external data, keep their weights in <c>NAME.onnx.data</c>.
    /// </summary>
    /// <returns>Bytes written, external data included.</returns>
    /// <exception cref="OnnxPruneException">OP1007: the file cannot be written.</exception>
    public long Save(OnnxModel model, string path) => Guarded(path, () => ModelFile.Write(model, path, this));

    /// <summary>Writes text in UTF-8 without a byte order mark.</summary>
    /// <returns>Bytes written.</returns>
    /// <exception cref="OnnxPruneException">OP1007: the file cannot be written.</exception>
    public long Save(string text, string path) => Guarded(path, () =>
    {
        using var stream = Create(path);
        stream.Write(Encoding.UTF8.GetBytes(text));
        return stream.Length;
    });

    /// <summary>Renames every file into place, in the order in which they were written.</summary>
    /// <exception cref="OnnxPruneException">OP1007: a file cannot be written.</exception>
    public void Commit()
    {
        foreach (var (temporary, final) in files.ToList())
        {
            Guarded(final, () =>
            {
                using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.Write)) stream.Flush(flushToDisk: true);
                File.Move(temporary, final, overwrite: true);
                return files.Remove((temporary, final));
            });
        }
    }

    /// <summary>Deletes what was not committed.</summary>
    public void Dispose() => files.ForEach(file => File.Delete(file.Temporary));

    /// <summary>Opens a temporary file that <see cref="Commit"/> will rename to <paramref name="path"/>.</summary>
    internal FileStream Create(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        if (Directory.Exists(path)) throw new IOException("it is a folder");
        files.Add((path + suffix, path));
        return new FileStream(path + suffix, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
    }

    private static T Guarded<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotWritable, $"cannot be written: {e.Message}", path, e);
        }
    }
}
