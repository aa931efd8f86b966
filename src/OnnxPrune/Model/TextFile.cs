using OnnxPrune.Diagnostics;

namespace OnnxPrune.Model;

/// <summary>Writes text files whole or not at all.</summary>
internal static class TextFile
{
    /// <summary>Writes UTF-8 without a byte order mark, beside the file first, then renames.</summary>
    /// <exception cref="OnnxPruneException">OP1007: the file cannot be written.</exception>
    public static void Write(string path, string text)
    {
        using var files = new OutputFiles();
        files.Save(text, path);
        files.Commit();
    }
}
