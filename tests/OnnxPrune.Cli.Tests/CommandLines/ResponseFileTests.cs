using OnnxPrune.Cli.Tests.Running;
using OnnxPrune.Testing;

namespace OnnxPrune.Cli.Tests.CommandLines;

public sealed class ResponseFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Arguments_come_from_a_file_with_comments_and_quotes()
    {
        string[] lines = ["# what we always do", "--budget macs=50%", "", "--include \"a name with blanks\"", "--exclude=\"another one\""];
        File.WriteAllLines(folder.File("usual.rsp"), lines);

        var parsed = Understood.Root.Parse(["prune", "net.onnx", "@" + folder.File("usual.rsp"), "-o", "out.onnx"]);

        Assert.Empty(parsed.Errors);
        Assert.Equal("macs=50%", parsed.GetValue<Budget>("--budget")!.ToString());
        Assert.Equal(["a name with blanks"], parsed.GetValue<IReadOnlyList<string>>("--include")!);
        Assert.Equal(["another one"], parsed.GetValue<IReadOnlyList<string>>("--exclude")!);
    }

    [Fact]
    public void A_file_may_name_another()
    {
        File.WriteAllText(folder.File("inner.rsp"), "--format dot");
        File.WriteAllText(folder.File("outer.rsp"), "net.onnx\n@" + folder.File("inner.rsp"));

        Assert.Empty(Understood.Errors("inspect", "@" + folder.File("outer.rsp")));
    }
}
