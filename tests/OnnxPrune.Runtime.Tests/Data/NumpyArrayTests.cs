using System.IO.Compression;
using System.Text;
using OnnxPrune.Diagnostics;
using OnnxPrune.Runtime.Data;
using OnnxPrune.Testing;

namespace OnnxPrune.Runtime.Tests.Data;

public sealed class NumpyArrayTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, byte[], double[]> Elements => new()
    {
        { "<f8", Bytes([1.5, -2.0]), [1.5, -2] },
        { "<f4", Bytes([1.5f, -2f]), [1.5, -2] },
        { "<f2", Bytes([(Half)1.5, (Half)(-2)]), [1.5, -2] },
        { "<i8", Bytes([1L, -2L]), [1, -2] },
        { "<u8", Bytes([1UL, 2UL]), [1, 2] },
        { "<i4", Bytes([1, -2]), [1, -2] },
        { "<u4", Bytes([1U, 4_000_000_000U]), [1, 4_000_000_000] },
        { "<i2", Bytes([(short)1, (short)-2]), [1, -2] },
        { "<u2", Bytes([(ushort)1, (ushort)65535]), [1, 65535] },
        { "|i1", [1, 254], [1, -2] },
        { "|u1", [1, 254], [1, 254] },
        { "|b1", [1, 0], [1, 0] },
    };

    [Theory]
    [MemberData(nameof(Elements))]
    public void Elements_of_every_type_are_read(string descr, byte[] data, double[] expected)
    {
        var array = NumpyArray.Load(Written("a.npy", Npy(1, Header(descr, "(2,)"), data)));

        Assert.Equal<long>(new long[] { 2 }, array.Dims);
        Assert.Equal<double>(expected, new[] { array.Values[0], array.Values[1] });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_version_of_the_format_is_read(int version)
    {
        var array = NumpyArray.Load(Written("a.npy", Npy(version, Header("|u1", "(2, 3)"), [1, 2, 3, 4, 5, 6])));

        Assert.Equal<long>(new long[] { 2, 3 }, array.Dims);
        Assert.Equal((2, 3, 6), (array.Samples, array.SampleSize, array.Values[5]));
    }

    [Fact]
    public void An_archive_gives_its_first_array_or_the_one_that_is_named()
    {
        string path = folder.File("a.npz");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (var (name, value) in new[] { ("x.npy", (byte)7), ("y.npy", (byte)8) })
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Npy(1, Header("|u1", "(1,)"), [value]));
            }
        }

        Assert.Equal(7, NumpyArray.Load(path).Values[0]);
        Assert.Equal(8, NumpyArray.Load(path + ":y").Values[0]);
        Fails(ErrorCodes.InvalidData, path + ":z", "no array 'z'");
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }", "Fortran order")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", "'>f4' are not supported")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "'<c8' are not supported")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "header is not understood")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "header is not understood")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", "scalar")]
    public void What_cannot_be_read_is_refused_with_the_reason(string header, string reason) =>
        Fails(ErrorCodes.InvalidData, Written("a.npy", Npy(1, header, new byte[8])), reason);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(40)]
    public void A_truncated_header_is_refused(int length)
    {
        byte[] whole = Npy(1, Header("<f4", "(2, 3)"), new byte[24]);

        Fails(ErrorCodes.FileNotReadable, Written("a.npy", whole[..length]), "cannot be read");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    public void Truncated_data_is_refused(int missing)
    {
        byte[] whole = Npy(1, Header("<f4", "(2, 3)"), new byte[24]);

        Fails(ErrorCodes.InvalidData, Written("a.npy", whole[..^missing]), "truncated");
    }

    [Fact]
    public void A_header_of_absurd_length_is_refused() =>
        Fails(ErrorCodes.InvalidData, Written("a.npy", [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255]), "header is not understood");

    [Fact]
    public void A_shape_larger_than_the_file_is_refused_without_allocating_it() =>
        Fails(ErrorCodes.InvalidData, Written("a.npy", Npy(1, Header("<f8", "(1000000, 1000000, 1000000)"), new byte[8])), "larger than 2 GB");

    [Fact]
    public void Another_kind_of_file_is_refused() =>
        Fails(ErrorCodes.InvalidData, Written("a.npy", Encoding.ASCII.GetBytes("PNG, not NumPy")), "not a .npy file");

    [Fact]
    public void A_missing_file_is_refused() => Fails(ErrorCodes.FileNotReadable, folder.File("none.npy"), "cannot be read");

    public void Dispose() => folder.Dispose();

    internal static byte[] Npy(int version, string header, byte[] data)
    {
        byte[] text = Encoding.ASCII.GetBytes(header + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }

    internal static string Header(string descr, string shape) => $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}";

    internal static byte[] Bytes<T>(T[] values)
        where T : struct => System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(values).ToArray();

    private static void Fails(string code, string path, string reason)
    {
        var failure = Assert.Throws<OnnxPruneException>(() => NumpyArray.Load(path));
        Assert.Equal(code, failure.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private string Written(string name, byte[] content)
    {
        File.WriteAllBytes(folder.File(name), content);
        return folder.File(name);
    }
}
