using System.IO.Compression;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Runtime.Data;

/// <summary>An array from a .npy file, or a member of a .npz file.</summary>
/// <param name="Dims">The shape; the first axis counts samples.</param>
/// <param name="Values">The elements, row-major, as doubles would hold them.</param>
internal sealed record NumpyArray(long[] Dims, NumpyElements Values)
{
    /// <summary>Number of samples: the size of the first axis.</summary>
    public int Samples => (int)Dims[0];

    /// <summary>Elements of one sample.</summary>
    public int SampleSize => (int)Dims.Skip(1).Aggregate(1L, (n, d) => n * d);

    /// <summary>The elements at some indices of an axis, row-major as doubles.</summary>
    public double[] Take(int[] indices, int axis)
    {
        int inner = (int)Dims.Skip(axis + 1).Aggregate(1L, (n, d) => n * d), outer = (int)Dims.Take(axis).Aggregate(1L, (n, d) => n * d);
        var taken = new double[outer * indices.Length * inner];
        for (int o = 0, at = 0; o < outer; o++)
        {
            foreach (int index in indices)
                for (int i = 0; i < inner; i++) taken[at++] = Values[(((o * (int)Dims[axis]) + index) * inner) + i];
        }
        return taken;
    }

    /// <summary>Reads <c>FILE.npy</c>, or <c>FILE.npz</c>, or one member of it as <c>FILE.npz:NAME</c>.</summary>
    /// <exception cref="OnnxPruneException">OP1001 not readable, OP2002 not an array this program reads.</exception>
    public static NumpyArray Load(string path) => Open(path, NumpyFormat.Read);

    /// <summary>Reads the shape of an array alone, from the same paths as <see cref="Load"/>.</summary>
    /// <exception cref="OnnxPruneException">OP1001 not readable, OP2002 not an array this program reads.</exception>
    public static long[] DimsOf(string path) => Open(path, NumpyFormat.ReadDims);

    private static T Open<T>(string path, Func<Stream, string, T> read)
    {
        int member = path.LastIndexOf(".npz:", StringComparison.OrdinalIgnoreCase);
        string file = member < 0 ? path : path[..(member + 4)];
        try
        {
            if (!file.EndsWith(".npz", StringComparison.OrdinalIgnoreCase)) return read(File.OpenRead(file), path);
            using var archive = ZipFile.OpenRead(file);
            string? name = member < 0 ? null : path[(member + 5)..];
            var entry = archive.Entries.FirstOrDefault(e => name is null || e.FullName == name + ".npy")
                ?? throw new OnnxPruneException(ErrorCodes.InvalidData, $"the archive has no array '{name}'", file);
            return read(entry.Open(), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotReadable, $"cannot be read: {e.Message}", file, e);
        }
    }

    /// <summary>Reads every array of a .npz file, by its key.</summary>
    /// <exception cref="OnnxPruneException">OP1001 not readable, OP2002 no archive of arrays this program reads.</exception>
    public static IReadOnlyDictionary<string, NumpyArray> LoadAll(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var arrays = new SortedDictionary<string, NumpyArray>(StringComparer.Ordinal);
            foreach (var entry in archive.Entries.Where(e => e.FullName.EndsWith(".npy", StringComparison.Ordinal)))
                arrays[entry.FullName[..^4]] = NumpyFormat.Read(entry.Open(), $"{path}:{entry.FullName[..^4]}");
            return arrays;
        }
        catch (InvalidDataException e)
        {
            throw new OnnxPruneException(
                ErrorCodes.InvalidData, $"the file is not an archive of arrays; create it with numpy.savez: {e.Message}", path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxPruneException(ErrorCodes.FileNotReadable, $"cannot be read: {e.Message}", path, e);
        }
    }
}
