using Google.Protobuf;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Testing;

namespace OnnxPrune.Model;

/// <summary>Whatever the bytes, loading and analysing a file ends with an analysis or with a reason, never with a crash.</summary>
public class DamagedFileTests
{
    private const int Mutations = 2000;

    private static readonly byte[] Small = OnnxText.Parse("""
        <ir_version: 8, opset_import: ["" : 17]>
        g (float[N,2,6,6] x) => (float[N,5] y)
        <float[4,2,3,3] w1 = normal 0.1, float[4] b1 = normal 0.1, float[4,1,1,1] w2 = normal 0.1, float[16,5] w3 = normal 0.1,
         int64[2] s = {2, 2}, int64[2] t = {0, -1}, int64[1] st = {0}, int64[1] en = {5}, int64[1] ax = {1}, float[8] p = {1, 1, 1, 1, 1, 1, 1, 1}>
        {
            h = Conv<pads = [1,1,1,1]>(x, w1, b1)
            r = Relu(h)
            d = Conv<group = 4>(r, w2)
            m = MaxPool<kernel_shape = [3,3], strides = [3,3]>(d)
            a, b = Split<axis = 1>(m, s)
            c = Concat<axis = 1>(b, a)
            u = Transpose<perm = [0, 2, 3, 1]>(c)
            f = Reshape(u, t)
            z = MatMul(f, w3)
            y = Slice(z, st, en, ax)
        }
        """).ToByteArray();

    [Fact]
    public void A_file_cut_off_anywhere_has_a_reason()
    {
        using var folder = new TemporaryFolder();
        for (int length = 0; length < Small.Length; length++) AssertReason(folder, Small[..length], $"cut off after {length} bytes");
    }

    [Fact]
    public void A_file_with_changed_bytes_has_a_reason_or_is_another_model()
    {
        using var folder = new TemporaryFolder();
        for (int seed = 0; seed < Mutations; seed++)
        {
            var random = new Random(seed);
            byte[] bytes = (byte[])Small.Clone();
            for (int i = random.Next(1, 4); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            AssertReason(folder, bytes, $"seed {seed}");
        }
    }

    private static void AssertReason(TemporaryFolder folder, byte[] bytes, string what)
    {
        File.WriteAllBytes(folder.File("m.onnx"), bytes);
        var error = Record.Exception(() => ModelAnalysis.Run(ModelFile.Load(folder.File("m.onnx"))));
        Assert.True(error is null or OnnxPruneException, $"{what}: {error}");

        if (error is OnnxPruneException reason) Assert.Equal(folder.File("m.onnx"), reason.File);
    }
}
