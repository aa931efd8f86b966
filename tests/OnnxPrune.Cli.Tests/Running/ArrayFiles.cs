using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace OnnxPrune.Cli.Tests.Running;

/// <summary>Archives of arrays as numpy.savez writes them.</summary>
internal static class ArrayFiles
{
    /// <summary>Writes vectors of float64 by their keys.</summary>
    public static string WriteArchive(string path, params IReadOnlyList<(string Key, double[] Values)> vectors)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (key, values) in vectors)
        {
            using var entry = archive.CreateEntry(key + ".npy").Open();
            entry.Write(Npy(values));
        }
        return path;
    }

    // Format 1.0: magic, version, length of the header, header, elements.
    private static byte[] Npy(double[] values)
    {
        string header = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({values.Length},), }}")
            .PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(values.AsSpan())];
    }
}
