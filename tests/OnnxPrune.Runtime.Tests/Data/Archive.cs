using System.IO.Compression;

namespace OnnxPrune.Runtime.Tests.Data;

/// <summary>Archives of arrays as numpy.savez writes them.</summary>
internal static class Archive
{
    /// <summary>Writes arrays of float64, each with its key and shape.</summary>
    public static string Write(string path, params IReadOnlyList<(string Key, int[] Dims, double[] Values)> arrays)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (key, dims, values) in arrays)
        {
            using var entry = archive.CreateEntry(key + ".npy").Open();
            entry.Write(
                NumpyArrayTests.Npy(
                    1, NumpyArrayTests.Header("<f8", $"({string.Concat(dims.Select(d => $"{d}, "))})"), NumpyArrayTests.Bytes(values)));
        }
        return path;
    }
}
