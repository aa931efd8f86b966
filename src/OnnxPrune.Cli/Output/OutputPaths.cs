using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli;

/// <summary>Refuses to overwrite an input, and to write two outputs to the same file.</summary>
internal static class OutputPaths
{
    private static readonly StringComparer Comparer = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>Compares the files by full path after resolving links; null paths are ignored.</summary>
    /// <exception cref="OnnxPruneException">OP2001: an output is an input, or another output.</exception>
    public static void Check(IEnumerable<string?> read, params IEnumerable<string?> written)
    {
        var inputs = read.OfType<string>().Select(Real).ToHashSet(Comparer);
        var outputs = new HashSet<string>(Comparer);
        foreach (string path in written.OfType<string>())
        {
            if (inputs.Contains(Real(path)))
                throw Refused($"'{path}' is an input of this command and would be overwritten; choose another output file");
            if (!outputs.Add(Real(path))) throw Refused($"'{path}' is given for two outputs; choose different files");
        }
    }

    private static string Real(string path)
    {
        string full = Path.GetFullPath(path);
        return File.Exists(full) && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target ? target.FullName : full;
    }

    private static OnnxPruneException Refused(string message) => new(ErrorCodes.InvalidOption, message);
}
