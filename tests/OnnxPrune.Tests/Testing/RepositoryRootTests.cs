namespace OnnxPrune.Testing;

public class RepositoryRootTests
{
    [Fact]
    public void The_root_holds_the_solution() => Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, "OnnxPrune.sln")));

    [Fact]
    public void Models_lie_in_the_folder_models() =>
        Assert.Equal(Path.Combine(RepositoryRoot.Path, "models", "a.onnx"), RepositoryRoot.Model("a.onnx"));
}
