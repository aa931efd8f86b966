using Google.Protobuf;
using OnnxPrune.Diagnostics;
using OnnxPrune.Groups;
using OnnxPrune.Mutation;
using OnnxPrune.Testing;

namespace OnnxPrune.Model;

/// <summary>However much of a file is missing, loading and analysing a file ends with an analysis or with a reason, never with a crash.</summary>
public class DamagedFileTests
{
    private static readonly byte[] Small = OnnxText.Parse(SeedTexts.Moves).ToByteArray();

    [Fact]
    public void A_file_cut_off_anywhere_has_a_reason()
    {
        using var folder = new TemporaryFolder();
        for (int length = 0; length < Small.Length; length++) AssertReason(folder, Small[..length], $"cut off after {length} bytes");
    }

    private static void AssertReason(TemporaryFolder folder, byte[] bytes, string what)
    {
        File.WriteAllBytes(folder.File("m.onnx"), bytes);
        var error = Record.Exception(() => ModelAnalysis.Run(ModelFile.Load(folder.File("m.onnx"))));
        Assert.True(error is null or OnnxPruneException, $"{what}: {error}");

        if (error is OnnxPruneException reason) Assert.Equal(folder.File("m.onnx"), reason.File);
    }
}
