using System.Text;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Model;

/// <summary>Writes text files whole or not at all.</summary>
public static class TextFile
{
    /// <summary>Writes UTF-8 without a byte order mark, beside the file first, then renames.</summary>
    /// <exception cref="OnnxPruneException">OP1007: the file cannot be written.</exception>
    public static void Write(string path, string text)
    {
        try
        {
            using var output = new OutputFiles(path);
            using (var stream = output.Create(path)) stream.Write(Encoding.UTF8.GetBytes(text));
            output.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotWritable, $"cannot be written: {e.Message}", path, e);
        }
    }
}
