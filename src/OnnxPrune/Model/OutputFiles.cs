namespace OnnxPrune.Model;

/// <summary>Files that appear together, whole, on <see cref="Commit"/>, or not at all.</summary>
internal sealed class OutputFiles : IDisposable
{
    private readonly List<(string Temporary, string Final)> files = [];
    private readonly string suffix = $".{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";

    public OutputFiles(string path)
    {
        string? folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
        if (folder is not null) Directory.CreateDirectory(folder);
        Path = path;
    }

    /// <summary>The main file; others are written beside it.</summary>
    public string Path { get; }

    /// <summary>Opens a temporary file that <see cref="Commit"/> will rename to <paramref name="path"/>.</summary>
    public FileStream Create(string path)
    {
        files.Add((path + suffix, path));
        return new FileStream(path + suffix, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
    }

    /// <summary>Renames every file into place, the main file last, and returns their total size in bytes.</summary>
    public long Commit()
    {
        long bytes = 0;
        foreach (var (temporary, final) in files)
        {
            using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.Write)) stream.Flush(flushToDisk: true);
            bytes += new FileInfo(temporary).Length;
            File.Move(temporary, final, overwrite: true);
        }
        files.Clear();
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (temporary, _) in files) File.Delete(temporary);
    }
}
