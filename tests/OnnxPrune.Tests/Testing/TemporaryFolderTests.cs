namespace OnnxPrune.Testing;

public class TemporaryFolderTests
{
    [Fact]
    public void The_folder_exists_until_it_is_disposed()
    {
        TemporaryFolder folder = new();
        File.WriteAllText(folder.File("a.txt"), "a");
        Assert.Equal([folder.File("a.txt")], Directory.GetFiles(folder.Path));

        folder.Dispose();
        folder.Dispose();

        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public void Two_folders_differ()
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();

        Assert.NotEqual(first.Path, second.Path);
    }
}
