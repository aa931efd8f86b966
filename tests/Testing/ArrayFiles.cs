using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace OnnxPrune.Testing;

/// <summary>Arrays as numpy.save and numpy.savez write them.</summary>
internal static class ArrayFiles
{
    /// <summary>Writes vectors of float64 by their keys.</summary>
    public static string WriteArchive(string path, params IReadOnlyList<(string Key, double[] Values)> vectors)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (key, values) in vectors)
        {
            using var entry = archive.CreateEntry(key + ".npy").Open();
            entry.Write(Npy("<f8", [values.Length], values));
        }
        return path;
    }

    /// <summary>Writes an array of float32.</summary>
    public static void Write(string path, long[] dims, float[] values) => File.WriteAllBytes(path, Npy("<f4", dims, values));

    // Format 1.0: magic, version, length of the header, header, elements.
    private static byte[] Npy<T>(string type, long[] dims, T[] values)
        where T : struct
    {
        string shape = string.Concat(dims.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d},")));
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}".PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(values.AsSpan())];
    }
}
