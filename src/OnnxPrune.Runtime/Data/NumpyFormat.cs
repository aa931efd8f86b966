using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Runtime.Data;

/// <summary>The .npy format, versions 1 to 3: magic, version, header length, a Python dictionary, raw data.</summary>
internal static partial class NumpyFormat
{
    private const int LargestHeader = 1 << 20;

    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8];

    /// <summary>Reads an array, and closes the stream.</summary>
    public static NumpyArray Read(Stream source, string path)
    {
        using var stream = source;
        var (dims, kind, bytes) = Header(stream, path);
        var data = new byte[bytes];
        stream.ReadExactly(data);
        return new NumpyArray(dims, new NumpyElements(kind, data));
    }

    /// <summary>Reads the shape of an array, and closes the stream.</summary>
    public static long[] ReadDims(Stream source, string path)
    {
        using var stream = source;
        return Header(stream, path).Dims;
    }

    private static (long[] Dims, string Kind, long Bytes) Header(Stream stream, string path)
    {
        var start = new byte[8];
        stream.ReadExactly(start);
        if (!start.AsSpan(0, 6).SequenceEqual(Magic)) throw Invalid(path, "it is not a .npy file");
        var length = new byte[start[6] == 1 ? 2 : 4];
        stream.ReadExactly(length);
        long headerLength = length.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (headerLength > LargestHeader) throw Invalid(path, "its header is not understood");
        var header = new byte[headerLength];
        stream.ReadExactly(header);
        return Parsed(stream, Encoding.UTF8.GetString(header), path);
    }

    private static (long[] Dims, string Kind, long Bytes) Parsed(Stream stream, string header, string path)
    {
        var type = TypePattern().Match(header);
        var shape = ShapePattern().Match(header);
        if (!type.Success || !shape.Success) throw Invalid(path, "its header is not understood");
        if (header.Contains("'fortran_order': True", StringComparison.Ordinal))
            throw Invalid(path, "it is in Fortran order; save it with numpy.ascontiguousarray");
        string kind = type.Groups["kind"].Value;
        if (NumpyElements.Width(kind) == 0 || (type.Groups["order"].Value == ">" && NumpyElements.Width(kind) > 1))
            throw Invalid(path, $"elements of type '{type.Groups["order"].Value}{kind}' are not supported");
        string[] sizes = shape.Groups["dims"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        double bytes = sizes.Aggregate((double)NumpyElements.Width(kind), (n, d) => n * double.Parse(d, CultureInfo.InvariantCulture));
        if (bytes > Array.MaxLength) throw Invalid(path, "it is larger than 2 GB");
        if (stream.CanSeek && bytes > stream.Length - stream.Position)
            throw Invalid(path, "it is shorter than its shape requires; the file is truncated");
        long[] dims = [.. sizes.Select(d => long.Parse(d, CultureInfo.InvariantCulture))];
        if (dims.Length == 0) throw Invalid(path, "it is a scalar; the first axis must count samples");
        return (dims, kind, (long)bytes);
    }

    private static OnnxPruneException Invalid(string path, string what) =>
        new(ErrorCodes.InvalidData, $"the array cannot be read: {what}", path);

    [GeneratedRegex("'descr': '(?<order>[<>|=])(?<kind>[a-z][0-9]+)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'shape': \((?<dims>[0-9, ]*)\)")]
    private static partial Regex ShapePattern();
}
